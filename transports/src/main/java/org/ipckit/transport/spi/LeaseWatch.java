package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over all leases of this JVM on one daemon thread, which begins with the first lease and ends a second after
 * the last.
 */
final class LeaseWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int BYTES = 4096;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static LeaseWatch current;

    private final Selector selector;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

    private LeaseWatch(Selector selector) {
        this.selector = selector;
    }

    /** Watches over a lease until its channel is closed; returns the key that it is watched by. */
    static SelectionKey over(Lease lease, SocketChannel channel) throws IOException {
        LOCK.lock();
        try {
            if (current == null) {
                LeaseWatch watch = new LeaseWatch(Selector.open());
                Daemons.thread("leases", watch::run).start();
                current = watch;
            }
            SelectionKey key = channel.register(current.selector, SelectionKey.OP_READ, lease);
            current.selector.wakeup();
            return key;
        } finally {
            LOCK.unlock();
        }
    }

    /** Makes the watch see what has changed with a key. */
    static void wake(SelectionKey key) {
        LOCK.lock();
        try {
            // Never after it is closed: it may write to a descriptor, which may be another file's by then.
            if (current != null && current.selector == key.selector()) {
                current.selector.wakeup();
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Returns how many leases are watched over now. */
    static int size() {
        LOCK.lock();
        try {
            return current == null ? 0 : current.selector.keys().size();
        } finally {
            LOCK.unlock();
        }
    }

    private void run() {
        Deadline end = Deadline.NEVER;
        while (!(end.expired() && over())) {
            try {
                boolean alone = isAlone();
                end = alone ? end.orWithin(LINGER) : Deadline.NEVER;
                // Rounded up, for a select that ends early would be followed by one without an end.
                selector.select(alone ? end.remaining().toMillis() + 1 : 0);
                selector.selectedKeys().forEach(this::look);
                selector.selectedKeys().clear();
            } catch (IOException | RuntimeException failed) {
                LOG.warn("watching over leases: {}; it goes on", failed.toString());
            }
        }
    }

    /**
     * Returns true if there is nothing to watch. A key that was cancelled does not count: it may still be there, without a
     * wake-up that is to come, if it was cancelled while the select before was returning.
     */
    private boolean isAlone() {
        return selector.keys().stream().noneMatch(SelectionKey::isValid);
    }

    private void look(SelectionKey key) {
        Lease lease = (Lease) key.attachment();
        try {
            lease.look(key, bytes);
        } catch (RuntimeException failed) {
            LOG.warn("watching over {}", lease, failed);
        }
        if (!key.isValid()) {
            // The next select takes it off, and has to return for the watch to see that it was the last.
            selector.wakeup();
        }
    }

    /** Ends the watch, unless a lease has come meanwhile. */
    private boolean over() {
        LOCK.lock();
        try {
            if (!isAlone()) {
                return false;
            }
            current = null;
            selector.close();
            return true;
        } catch (IOException refused) {
            LOG.warn("cannot close the selector of the leases", refused);
            return true;
        } finally {
            LOCK.unlock();
        }
    }
}
