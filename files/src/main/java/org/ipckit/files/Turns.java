package org.ipckit.files;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.spi.Deadline;

/**
 * Lets the threads of this JVM come to a lock file one at a time, so that only one of them asks the kernel again and
 * again. Any thread may take a turn, and any may end it.
 */
final class Turns {

    /** Those who have or want a turn. */
    private static final class Queue {
        private final Semaphore turn = new Semaphore(1, true);
        private int members;
    }

    private static final Map<Path, Queue> QUEUES = new HashMap<>();

    private final Path file;
    private final Queue queue;

    private Turns(Path file, Queue queue) {
        this.file = file;
        this.queue = queue;
    }

    /**
     * Waits for a turn.
     *
     * @param file by its one real name
     * @return null if it has not come by the deadline
     */
    static Turns take(Path file, Deadline deadline) {
        Turns turn = new Turns(file, join(file));
        boolean taken = false;
        try {
            taken = turn.await(deadline);
            return taken ? turn : null;
        } finally {
            if (!taken) {
                turn.leave();
            }
        }
    }

    /** Returns how many have a turn at the file or want one. */
    static int members(Path file) {
        synchronized (QUEUES) {
            Queue queue = QUEUES.get(file);
            return queue == null ? 0 : queue.members;
        }
    }

    private static Queue join(Path file) {
        synchronized (QUEUES) {
            Queue queue = QUEUES.computeIfAbsent(file, absent -> new Queue());
            queue.members++;
            return queue;
        }
    }

    private boolean await(Deadline deadline) {
        long nanos = deadline.remainingNanos();
        try {
            return nanos == 0 ? queue.turn.tryAcquire() : queue.turn.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedWaitException("lock " + file + ": interrupted while waiting", interrupted);
        }
    }

    /** Lets the next one come. */
    void end() {
        queue.turn.release();
        leave();
    }

    private void leave() {
        synchronized (QUEUES) {
            queue.members--;
            if (queue.members == 0) {
                QUEUES.remove(file);
            }
        }
    }
}
