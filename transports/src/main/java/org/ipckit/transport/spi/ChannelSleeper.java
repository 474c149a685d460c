package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.MechanismException;

/**
 * Sleeps until a channel is ready. The selector is the one of the channel's own provider and is made by the first
 * sleep: a connection that never has to sleep needs no descriptor for it.
 *
 * <p>Wake the one who sleeps and let it leave before closing: not every provider's selector ends a sleep when it is
 * closed.
 */
public final class ChannelSleeper implements Sleeper {

    /** Providers take milliseconds as an int, whatever they say; who sleeps longer looks once an hour. */
    private static final long LONGEST_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final SelectableChannel channel;
    private final int interest;
    private final ReentrantLock waking = new ReentrantLock();
    private SelectionKey key;
    private volatile Selector selector;
    private volatile boolean woken;
    private volatile boolean closed;

    /** Sleeps until the channel is ready for this operation of {@link java.nio.channels.SelectionKey}. */
    public ChannelSleeper(SelectableChannel channel, int interest) {
        this.channel = channel;
        this.interest = interest;
    }

    @Override
    public void sleep(long nanos) {
        try {
            Selector ready = selector();
            // Looked at after the selector was published: whoever wakes or closes either sees the selector or is seen
            // here.
            if (!closed && !woken) {
                key.interestOps(interest);
                Selectors.select(ready, nanos == Long.MAX_VALUE ? 0 : millis(nanos));
                ready.selectedKeys().clear();
                unwatch(ready);
            }
            woken = false;
        } catch (ClosedSelectorException | CancelledKeyException | ClosedChannelException ended) {
            // Closed while it slept; the look that follows says so.
            return;
        } catch (IOException refused) {
            throw new MechanismException("cannot wait for " + channel + ": " + refused.getMessage(), refused);
        }
    }

    /**
     * The kernel tells epoll of each message that comes, whether somebody sleeps or not, and the sender pays for that.
     * Other selectors look only while they are asked.
     */
    private void unwatch(Selector ready) throws IOException {
        if (ready.provider() == SelectorProvider.provider()) {
            key.interestOps(0);
            ready.selectNow();
        }
    }

    @Override
    public void wake() {
        // Never after it is closed: some selectors write to a descriptor, which may be another file's by then.
        waking.lock();
        try {
            woken = true;
            if (selector != null && !closed) {
                selector.wakeup();
            }
        } finally {
            waking.unlock();
        }
    }

    @Override
    public void close() {
        waking.lock();
        try {
            closed = true;
            if (selector != null) {
                selector.close();
            }
        } catch (IOException refused) {
            throw new MechanismException("cannot close the selector of " + channel, refused);
        } finally {
            waking.unlock();
        }
    }

    private Selector selector() throws IOException {
        if (selector == null) {
            Selector made = channel.provider().openSelector();
            try {
                key = channel.register(made, interest);
            } catch (IOException | RuntimeException refused) {
                made.close();
                throw refused;
            }
            selector = made;
            if (closed) {
                made.close();
            }
        }
        return selector;
    }

    /** Rounded up, for a wait must not end early. */
    private static long millis(long nanos) {
        return nanos >= TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS)
                ? LONGEST_MILLIS
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }
}
