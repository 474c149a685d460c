package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session for questions and answers that is opened again when the server has ended it. A question that was under way
 * then fails, for nobody knows whether the server has heard it. Any thread asks, one at a time; any
 * thread closes.
 */
final class RestoredSession implements AutoCloseable {

    /** Asks the server. */
    @FunctionalInterface
    interface Use<T> {
        T with(Session session, Deadline deadline) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(RestoredSession.class);
    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final RedisServer server;
    private final String operation;
    private final String key;
    private final String deniedHint;
    private final ReentrantLock using = new ReentrantLock();
    private volatile Session session;
    private volatile Thread user;
    private volatile boolean closed;

    /** Why the next one who asks has to use another session, null if it has not. */
    private volatile String whyLeave;

    private String saidLast = "";

    private RestoredSession(RedisServer server, String operation, String key, String deniedHint) {
        this.server = server;
        this.operation = operation;
        this.key = key;
        this.deniedHint = deniedHint;
    }

    /**
     * Starts the server if it is ours to start, and opens a session.
     *
     * @param key the channel or key that it is for, which chooses the server of a cluster
     * @param deniedHint the end of a sentence for a user who may not do what is asked
     * @throws ConnectFailedException if there is no server
     */
    static RestoredSession open(RedisServer server, String operation, String key, String deniedHint) {
        RestoredSession made = new RestoredSession(server, operation, key, deniedHint);
        try {
            server.start();
            made.session = made.opened(Deadline.after(server.address().timeout()));
            return made;
        } catch (IOException refused) {
            throw new ConnectFailedException(operation + " " + made.address() + ": " + refused.getMessage(), refused);
        }
    }

    Address address() {
        return server.address().address();
    }

    /**
     * Asks something that is not to be asked twice.
     *
     * @throws MechanismException if the server refuses it, or ends the session before it has answered
     * @throws ConnectFailedException if there is no server for as long as it may take to answer
     */
    <T> T use(Use<T> use) {
        return uninterrupted(() -> {
            Deadline deadline = Deadline.after(server.address().timeout());
            Backoff backoff = new Backoff(() -> closed || deadline.expired());
            while (true) {
                Session alive = alive(deadline);
                try {
                    T result = use.with(alive, deadline);
                    saidLast = "";
                    return result;
                } catch (RefusedException refused) {
                    // What was refused was not done, so it may be asked twice.
                    if (!leave(alive, refused) || !backoff.pause()) {
                        throw refused(refused);
                    }
                } catch (IOException lost) {
                    throw closedOr(new MechanismException(
                            operation + " " + address() + ": the server was lost before it had answered ("
                                    + lost.getMessage() + "); nobody knows whether it was heard",
                            lost));
                }
            }
        });
    }

    /** Has the next use look for the server again, if that may help; returns false if not. */
    private boolean leave(Session refusing, RefusedException refused) {
        boolean passing = server.isPassing(refused.error());
        if (passing) {
            refusing.abandon(refused.getMessage());
        }
        return passing;
    }

    /** Asks again and again until the answer is yes; false if the time was over before. */
    boolean await(Duration timeout, Use<Boolean> use) {
        Deadline deadline = Deadline.after(timeout);
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            if (!timeout.isZero() && Thread.currentThread().isInterrupted()) {
                throw new InterruptedWaitException(operation + " " + address() + ": interrupted while waiting");
            }
            if (uninterrupted(() -> askedOnce(use))) {
                return true;
            }
            if (deadline.expired()) {
                return false;
            }
            LockSupport.parkNanos(Math.min(pause, deadline.remainingNanos()));
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }

    private boolean askedOnce(Use<Boolean> use) {
        Deadline deadline = Deadline.after(server.address().timeout());
        try {
            Session alive = alive(deadline);
            try {
                return use.with(alive, deadline);
            } catch (RefusedException refused) {
                if (leave(alive, refused)) {
                    return false;
                }
                throw refused(refused);
            }
        } catch (IOException lost) {
            LOG.debug("{} {}: {}", operation, address(), lost.getMessage());
            return false;
        }
    }

    private RuntimeException refused(RefusedException refused) {
        String text = operation + " " + address() + ": " + refused.getMessage();
        if (refused.error().is("NOPERM")) {
            return new AccessDeniedException(text + deniedHint, refused);
        }
        return new MechanismException(text, refused);
    }

    /** Returns a session that has not ended as far as anybody knows. */
    private Session alive(Deadline deadline) {
        requireOpen();
        session.look();
        IOException last = whyLeave();
        if (last == null) {
            return session;
        }
        sayOnce(last.getMessage() + "; connecting again");
        Backoff backoff = new Backoff(() -> closed || deadline.expired());
        do {
            try {
                server.start();
                Session next = opened(deadline);
                session.closeQuietly();
                session = next;
                return session;
            } catch (IOException notYet) {
                last = notYet;
            }
        } while (backoff.pause());
        throw closedOr(new ConnectFailedException(operation + " " + address() + ": " + last.getMessage(), last));
    }

    private IOException whyLeave() {
        return session.ended() == null && whyLeave != null ? new IOException(whyLeave) : session.ended();
    }

    /** Opens a session that is left between two questions, where it has to be: what is under way is answered. */
    private Session opened(Deadline deadline) throws IOException {
        Session next = server.open(deadline, key);
        whyLeave = null;
        server.watch(next, key, reason -> whyLeave = reason);
        return next;
    }

    private void sayOnce(String text) {
        if (!text.equals(saidLast)) {
            LOG.warn("{} {}: {}", operation, address(), text);
            saidLast = text;
        }
    }

    private RuntimeException closedOr(RuntimeException otherwise) {
        return closed ? thisSide() : otherwise;
    }

    private ConnectionClosedException thisSide() {
        return new ConnectionClosedException(By.THIS_SIDE, operation + " " + address() + ": this side has closed");
    }

    private void requireOpen() {
        if (closed) {
            throw thisSide();
        }
    }

    /** Whoever publishes does not wait for anything that an interrupt could mean. */
    private <T> T uninterrupted(java.util.function.Supplier<T> asking) {
        boolean interrupted = Thread.interrupted();
        using.lock();
        try {
            user = Thread.currentThread();
            return asking.get();
        } finally {
            user = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (closed) {
                session.closeQuietly();
            }
            using.unlock();
        }
    }

    /** Ends it; whoever waits for an answer gives up. */
    @Override
    public void close() {
        closed = true;
        session.abandon(Session.CLOSED);
        LockSupport.unpark(user);
        if (using.tryLock()) {
            try {
                session.closeQuietly();
            } finally {
                using.unlock();
            }
        }
    }
}
