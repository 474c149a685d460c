package org.ipckit.transport;

import java.util.Objects;

/**
 * What connections at an address promise. The conformance kit tests each field.
 *
 * @param maxMessageSize the most bytes a message may have
 * @param inPlaceSize the largest claim that leaves without a copy, in bytes
 * @param maxConnections how many connections one listener serves at a time; {@link Integer#MAX_VALUE} if only the
 *     system limits it
 * @param delivery what becomes of an accepted message
 * @param whenFull what a sender meets when the receiver does not keep up
 * @param peerLoss how the death of the peer is noticed
 * @param retention whether messages outlive the processes
 * @param reach how far away a peer can be
 * @param encrypted whether what is sent is encrypted on the way
 */
public record Capabilities(
        int maxMessageSize,
        int inPlaceSize,
        int maxConnections,
        Delivery delivery,
        WhenFull whenFull,
        PeerLoss peerLoss,
        Retention retention,
        Reach reach,
        boolean encrypted) {

    /** The largest message of a transport unless its {@code max-message} option says otherwise: 16 MiB. */
    public static final int DEFAULT_MAX_MESSAGE = 16 << 20;

    /** What becomes of an accepted message. */
    public enum Delivery {
        /** It arrives once or, when the mechanism drops it, not at all. */
        AT_MOST_ONCE,
        /** It arrives exactly once while both processes live, or the connection reports its end. */
        RELIABLE,
        /** It arrives, after a failure perhaps again. */
        AT_LEAST_ONCE
    }

    /** What a sender meets when the receiver does not keep up. */
    public enum WhenFull {
        /** It waits for room; {@code offer} returns false. */
        WAITS,
        /** Messages are dropped. */
        DROPS,
        /** The store grows. */
        GROWS
    }

    /** How the death of the peer is noticed. */
    public enum PeerLoss {
        /** The kernel says so. */
        DETECTED,
        /** It is concluded from what the peer has left, or from a server. */
        INFERRED
    }

    /** Whether messages outlive the processes. */
    public enum Retention {
        /** They end with the connection. */
        NONE,
        /** They stay until they are read. */
        UNTIL_READ
    }

    /** How far away a peer can be. */
    public enum Reach {
        /** In the same process. */
        PROCESS,
        /** On the same machine. */
        MACHINE,
        /** Anywhere on the network. */
        NETWORK
    }

    public Capabilities {
        if (maxMessageSize < 1 || inPlaceSize < 0 || maxConnections < 1) {
            throw new IllegalArgumentException("maxMessageSize " + maxMessageSize + " and maxConnections "
                    + maxConnections + " must be positive, inPlaceSize " + inPlaceSize + " not negative");
        }
        Objects.requireNonNull(delivery, "delivery");
        Objects.requireNonNull(whenFull, "whenFull");
        Objects.requireNonNull(peerLoss, "peerLoss");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(reach, "reach");
    }

    /**
     * Returns what most transports of one machine promise: reliable, the sender waits, the kernel reports a dead peer,
     * nothing is retained, any number of connections, not encrypted, and every claim in place.
     */
    public static Capabilities reliable(int maxMessageSize) {
        return new Capabilities(
                maxMessageSize,
                maxMessageSize,
                Integer.MAX_VALUE,
                Delivery.RELIABLE,
                WhenFull.WAITS,
                PeerLoss.DETECTED,
                Retention.NONE,
                Reach.MACHINE,
                false);
    }

    /** Returns the same with another reach. */
    public Capabilities within(Reach other) {
        return new Capabilities(
                maxMessageSize, inPlaceSize, maxConnections, delivery, whenFull, peerLoss, retention, other, encrypted);
    }

    /** Returns the same with another largest claim in place. */
    public Capabilities inPlace(int sizeBytes) {
        return new Capabilities(
                maxMessageSize, sizeBytes, maxConnections, delivery, whenFull, peerLoss, retention, reach, encrypted);
    }

    /** Returns the same, encrypted. */
    public Capabilities overEncryption() {
        return new Capabilities(
                maxMessageSize, inPlaceSize, maxConnections, delivery, whenFull, peerLoss, retention, reach, true);
    }
}
