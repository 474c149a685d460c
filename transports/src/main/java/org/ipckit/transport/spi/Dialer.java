package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.WaitStrategy;

/** Connects: keeps trying while nobody takes the connection, then carries the handshake on, all within one time-out. */
public final class Dialer {

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 50_000_000;

    /** One attempt to reach the listener. */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * Tries once.
         *
         * @param deadline when to give up, for an attempt that has to wait itself
         * @throws IOException if nobody takes the connection now; it is tried again
         * @throws org.ipckit.transport.TransportException if trying again would not help
         */
        T reach(Deadline deadline) throws IOException;
    }

    private Dialer() {}

    /**
     * Connects within the time-out.
     *
     * @throws ConnectFailedException if nobody took the connection in that time; the last refusal in time is its
     *     cause, or what the deadline has cut short if there was none
     */
    public static Connection connect(
            Address address,
            Capabilities capabilities,
            StreamOptions options,
            Duration timeout,
            Attempt<Newcomer> attempt) {
        return connect(address, capabilities, options, options.authKey(address), timeout, attempt);
    }

    /** As the other, with a key that is not read from the options. */
    public static Connection connect(
            Address address,
            Capabilities capabilities,
            StreamOptions options,
            Optional<AuthKey> authKey,
            Duration timeout,
            Attempt<Newcomer> attempt) {
        ByteStream stream = reach(address, timeout, deadline -> {
            Newcomer reached = attempt.reach(deadline);
            return authKey.map(secret -> reached.then(AuthKeyHandshake.ofClient(address, reached.stream(), secret)))
                    .orElse(reached);
        });
        return Streams.connection(address, capabilities, options, stream);
    }

    /** As {@link #connect}, up to the stream whose handshake is finished. */
    static ByteStream reach(Address address, Duration timeout, Attempt<Newcomer> attempt) {
        Deadline deadline = Deadline.after(timeout);
        Newcomer reached = retry(address, timeout, deadline, attempt);
        boolean finished = false;
        try {
            finish(address, timeout, deadline, reached.stream(), reached.handshake());
            finished = true;
            return reached.stream();
        } finally {
            if (!finished) {
                Streams.closeQuietly(reached.stream());
            }
        }
    }

    /**
     * Tries until somebody takes the connection.
     *
     * @throws ConnectFailedException if nobody took the connection in that time; the last refusal in time is its
     *     cause, or what the deadline has cut short if there was none
     */
    public static <T> T retry(Address address, Duration timeout, Attempt<T> attempt) {
        return retry(address, timeout, Deadline.after(timeout), attempt);
    }

    private static <T> T retry(Address address, Duration timeout, Deadline deadline, Attempt<T> attempt) {
        long pause = FIRST_PAUSE_NANOS;
        IOException refusal = null;
        while (true) {
            checkInterrupt(address, timeout);
            try {
                return attempt.reach(deadline);
            } catch (IOException nobody) {
                // What the deadline has cut short says less than what was refused before it.
                boolean over = deadline.expired();
                refusal = over && refusal != null ? refusal : nobody;
                if (over) {
                    throw new ConnectFailedException(
                            "connect to " + address + ": nobody took the connection within " + words(timeout) + ": "
                                    + refusal.getMessage(),
                            refusal);
                }
            }
            LockSupport.parkNanos(Math.min(pause, deadline.remainingNanos()));
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }

    private static void finish(
            Address address, Duration timeout, Deadline deadline, ByteStream stream, Handshake handshake) {
        HandshakeLook look = new HandshakeLook(handshake);
        try (Waiter reading = waiter(address, new ChannelSleeper(stream.readable(), SelectionKey.OP_READ));
                Waiter writing = waiter(address, new ChannelSleeper(stream.writable(), SelectionKey.OP_WRITE))) {
            boolean over = look.look();
            while (!over && !deadline.expired()) {
                // One waiter for each direction; a slice, because what it waits for may become the other one.
                Waiter waiter = handshake.wantsToWrite() ? writing : reading;
                over = waiter.await(look, deadline.orWithin(Duration.ofNanos(LONGEST_PAUSE_NANOS)));
            }
            if (look.failure != null) {
                throw new ConnectFailedException(
                        "connect to " + address + ": the handshake failed: " + look.failure.getMessage(), look.failure);
            }
            if (!over) {
                throw new ConnectFailedException("connect to " + address
                        + ": the handshake was not finished within " + words(timeout)
                        + "; does the listener use the same tls and authkey-file options?");
            }
        }
    }

    private static Waiter waiter(Address address, Sleeper sleeper) {
        return new Waiter(WaitStrategy.BLOCK, sleeper, "connect to", address);
    }

    private static void checkInterrupt(Address address, Duration timeout) {
        if (!timeout.isZero() && Thread.currentThread().isInterrupted()) {
            throw new InterruptedWaitException("connect to " + address + ": interrupted while waiting");
        }
    }

    private static String words(Duration timeout) {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    /** Carries a handshake on as a condition to wait for. */
    private static final class HandshakeLook implements Waiter.Look {

        private final Handshake handshake;
        private IOException failure;

        HandshakeLook(Handshake handshake) {
            this.handshake = handshake;
        }

        @Override
        public boolean look() {
            try {
                return handshake.advance();
            } catch (IOException refused) {
                failure = refused;
                return true;
            }
        }
    }
}
