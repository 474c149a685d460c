package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.ipckit.transport.spi.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the nodes of clusters now and then whether they still have the slots that sessions were opened for, and tells those
 * who use the sessions of one that has not. A node that has handed a slot over says so only to commands that use a key of
 * it, never to those who are subscribed.
 *
 * <p>One daemon thread for all sessions of this process, as long as there are any. Any thread adds one.
 */
final class SlotWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final long EVERY_NANOS = Duration.ofMillis(500).toNanos();
    private static final SlotWatch WATCH = new SlotWatch();

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Watched> all = new ArrayList<>();

    private SlotWatch() {}

    /**
     * Watches a session until it has ended; it must not be one that waits inside the server.
     *
     * @param moved told, on the thread that looks at what comes, when another node has the slot
     */
    static void watch(Session session, String key, Consumer<String> moved) {
        WATCH.add(new Watched(session, key, moved, new AtomicBoolean()));
    }

    private void add(Watched watched) {
        lock.lock();
        try {
            if (all.isEmpty()) {
                Daemons.thread("slots of redis clusters", this::run).start();
            }
            all.add(watched);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (anyLeft()) {
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private boolean anyLeft() {
        lock.lock();
        try {
            all.removeIf(each -> !each.isAsked());
            return !all.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** A session, its key, and whether the last question was not answered yet. */
    private record Watched(Session session, String key, Consumer<String> moved, AtomicBoolean asking) {

        /** Asks, unless it is being asked; whoever uses the session takes the answer. Returns false if it has ended. */
        boolean isAsked() {
            if (session.ended() == null && asking.compareAndSet(false, true)) {
                try {
                    session.send(this::answered, "EXISTS", key);
                } catch (IOException hasEnded) {
                    LOG.debug("{}: {}", session, hasEnded.getMessage());
                }
            }
            return session.ended() == null;
        }

        private void answered(Object answer) {
            asking.set(false);
            if (answer instanceof ServerError error && error.is("MOVED")) {
                moved.accept("another node of the cluster has its slot now: " + error.text());
            }
        }
    }
}
