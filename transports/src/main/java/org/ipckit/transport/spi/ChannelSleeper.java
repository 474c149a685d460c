package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.MechanismException;

/**
 * Sleeps until a channel is ready. The selector is the one of the channel's own provider and is made by the first
 * sleep: a connection that never has to sleep needs no descriptor for it.
 */
public final class ChannelSleeper implements Sleeper {

    private final SelectableChannel channel;
    private final int interest;
    private volatile Selector selector;
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
            // Looked at after the selector was published: whoever closes either sees the selector or is seen here.
            if (!closed) {
                Selectors.select(ready, nanos == Long.MAX_VALUE ? 0 : millis(nanos));
                ready.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | ClosedChannelException ended) {
            // Closed while it slept; the look that follows says so.
            return;
        } catch (IOException refused) {
            throw new MechanismException("cannot wait for " + channel + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public void wake() {
        Selector sleeping = selector;
        if (sleeping != null) {
            sleeping.wakeup();
        }
    }

    @Override
    public void close() {
        closed = true;
        Selector open = selector;
        if (open != null) {
            try {
                open.close();
            } catch (IOException refused) {
                throw new MechanismException("cannot close the selector of " + channel, refused);
            }
        }
    }

    private Selector selector() throws IOException {
        if (selector == null) {
            Selector made = channel.provider().openSelector();
            try {
                channel.register(made, interest);
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
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }
}
