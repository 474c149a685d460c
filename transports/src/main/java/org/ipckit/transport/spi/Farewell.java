package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a TCP connection that this side has closed until the peer has closed it too, at most a second, and takes what
 * still comes off it. Closed at once, the kernel would answer whatever the peer sends with a reset and drop what it has
 * not delivered yet: the last words.
 *
 * <p>One daemon thread serves all of them, and ends when there are none.
 */
final class Farewell implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** More at once, of strangers perhaps, are closed without. */
    private static final int MOST = 256;

    private static final int UNREAD_BYTES = 64 << 10;
    private static final int MOST_READS = 16;
    private static final Object LOCK = new Object();

    /** The one that runs; null if nobody leaves. Guarded by the lock, as what is fresh and how many stay. */
    private static Farewell current;

    private final Selector selector;
    private final Queue<SocketChannel> fresh = new ArrayDeque<>();
    private final ByteBuffer unread = ByteBuffer.allocateDirect(UNREAD_BYTES);
    private int staying;

    private Farewell(Selector selector) {
        this.selector = selector;
    }

    /** Tells the peer that nothing more comes, and closes the connection at once or when it may be. */
    static void to(SocketChannel channel) throws IOException {
        boolean kept = false;
        try {
            channel.shutdownOutput();
            kept = !hasEnded(channel, ByteBuffer.allocate(1024)) && keep(channel);
        } catch (IOException gone) {
            LOG.debug("closing a connection that is lost", gone);
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    private static boolean keep(SocketChannel channel) throws IOException {
        synchronized (LOCK) {
            if (current == null) {
                current = new Farewell(Selector.open());
                Thread thread = new Thread(current, "ipckit farewell");
                thread.setDaemon(true);
                thread.start();
            }
            if (current.staying >= MOST) {
                return false;
            }
            current.staying++;
            current.fresh.add(channel);
            current.selector.wakeup();
            return true;
        }
    }

    /** Takes off the connection what has come; returns true at its end. */
    private static boolean hasEnded(SocketChannel channel, ByteBuffer unread) throws IOException {
        int count = 1;
        for (int reads = 0; reads < MOST_READS && count > 0; reads++) {
            count = channel.read(unread.clear());
        }
        return count < 0;
    }

    @Override
    public void run() {
        try (Selector open = selector) {
            try {
                while (takeIn(open)) {
                    open.select(millisToNextDeadline());
                    open.selectedKeys().clear();
                    seeOff();
                }
            } catch (IOException refused) {
                LOG.warn("closed TCP connections cannot be watched any more", refused);
                giveUp();
            }
        } catch (IOException refused) {
            LOG.warn("closing a selector", refused);
        }
    }

    /** Returns false if nobody is left; then this one has ended. */
    private boolean takeIn(Selector open) throws IOException {
        synchronized (LOCK) {
            for (SocketChannel channel = fresh.poll(); channel != null; channel = fresh.poll()) {
                channel.register(open, SelectionKey.OP_READ, System.nanoTime() + PATIENCE_NANOS);
            }
            if (staying == 0) {
                current = null;
                return false;
            }
            return true;
        }
    }

    private long millisToNextDeadline() {
        long now = System.nanoTime();
        long nanos = PATIENCE_NANOS;
        for (SelectionKey key : selector.keys()) {
            nanos = Math.min(nanos, (long) key.attachment() - now);
        }
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) + 1;
    }

    private void seeOff() {
        int gone = 0;
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && isOver(key)) {
                close((SocketChannel) key.channel());
                gone++;
            }
        }
        synchronized (LOCK) {
            staying -= gone;
        }
    }

    private boolean isOver(SelectionKey key) {
        try {
            return hasEnded((SocketChannel) key.channel(), unread) || System.nanoTime() - (long) key.attachment() >= 0;
        } catch (IOException reset) {
            LOG.debug("a connection that was closed here is lost", reset);
            return true;
        }
    }

    private void giveUp() {
        synchronized (LOCK) {
            current = null;
            fresh.forEach(Farewell::close);
        }
        selector.keys().forEach(key -> close((SocketChannel) key.channel()));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException refused) {
            LOG.debug("closing a connection", refused);
        }
    }
}
