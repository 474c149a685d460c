package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody who has come and whose handshake is not finished. The thread of the {@link Reception} uses it. */
final class Guest {

    private static final Logger LOG = LoggerFactory.getLogger(Guest.class);
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

    private final Address address;
    private final Selector selector;
    private final ByteStream stream;
    private final Handshake handshake;
    private final Deadline deadline = Deadline.after(HANDSHAKE_TIMEOUT);
    private boolean admitted;

    Guest(Address address, Selector selector, Newcomer newcomer) {
        this.address = address;
        this.selector = selector;
        this.stream = newcomer.stream();
        this.handshake = newcomer.handshake();
    }

    /** Carries the handshake on; returns true when it is over, one way or the other. */
    boolean isOver() {
        try {
            if (handshake.advance()) {
                admitted = true;
                leaveSelector();
                return true;
            }
            if (!deadline.expired()) {
                awaitPeer();
                return false;
            }
            LOG.info(
                    "listen on {}: a newcomer has not finished its handshake within {} s and is sent away",
                    address,
                    HANDSHAKE_TIMEOUT.toSeconds());
        } catch (IOException | TransportException refused) {
            LOG.info("listen on {}: a newcomer is sent away: {}", address, refused.getMessage());
        } catch (RuntimeException failed) {
            // A handshake with a defect costs its own newcomer, not the others on this thread.
            LOG.warn("listen on {}: a newcomer is sent away", address, failed);
        }
        leaveSelector();
        sendAway();
        return true;
    }

    /** Returns the stream, if the handshake came to a good end. */
    Optional<ByteStream> admitted() {
        return admitted ? Optional.of(stream) : Optional.empty();
    }

    long remainingNanos() {
        return deadline.remainingNanos();
    }

    void sendAway() {
        Streams.closeQuietly(stream);
    }

    private void awaitPeer() throws ClosedChannelException {
        int write = handshake.wantsToWrite() ? SelectionKey.OP_WRITE : 0;
        if (stream.readable() == stream.writable()) {
            stream.readable().register(selector, SelectionKey.OP_READ | write);
        } else {
            stream.readable().register(selector, SelectionKey.OP_READ);
            stream.writable().register(selector, write);
        }
    }

    private void leaveSelector() {
        leaveSelector(stream.readable());
        leaveSelector(stream.writable());
    }

    private void leaveSelector(SelectableChannel channel) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null) {
            key.cancel();
        }
    }
}
