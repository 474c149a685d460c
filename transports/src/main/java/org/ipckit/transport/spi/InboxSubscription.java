package org.ipckit.transport.spi;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.WaitStrategy;

/**
 * The subscription of every mechanism whose receiving half does not wait: that half of a {@link DuplexConnection} is the
 * whole of it, so waiting, interrupts, handlers and the end are as in a connection.
 */
public final class InboxSubscription implements Subscription {

    private final Connection receiving;
    private final LongSupplier lost;

    /**
     * Makes a subscription of an inbox.
     *
     * @param wait how this side waits
     * @param untilArrival sleeps until something may have come
     * @param mechanism closed once, when the subscription has closed and no thread is inside any more
     * @param lost asked by any thread how many messages are known to have been lost
     */
    public InboxSubscription(
            Address address,
            Capabilities capabilities,
            WaitStrategy wait,
            Inbox inbox,
            Sleeper untilArrival,
            Closeable mechanism,
            LongSupplier lost) {
        this.receiving = new DuplexConnection(
                address,
                capabilities,
                wait,
                new NoOutbox(),
                new ThreadSleeper(),
                inbox,
                untilArrival,
                mechanism,
                Optional.empty());
        this.lost = lost;
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        return receiving.receive(timeout);
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        return receiving.poll(handler, limit);
    }

    @Override
    public long lost() {
        return lost.getAsLong();
    }

    @Override
    public Address address() {
        return receiving.address();
    }

    @Override
    public Capabilities capabilities() {
        return receiving.capabilities();
    }

    @Override
    public void close() {
        receiving.close();
    }

    @Override
    public String toString() {
        return "Subscription[" + address() + "]";
    }

    /** The sending half of what only receives. */
    private static final class NoOutbox implements Outbox {

        @Override
        public boolean begin(ByteBuffer message) {
            throw new UnsupportedOperationException("a subscription only receives");
        }

        @Override
        public ByteBuffer claim(int sizeBytes) {
            throw new UnsupportedOperationException("a subscription only receives");
        }

        @Override
        public void commit(int sizeBytes) {
            throw new UnsupportedOperationException("a subscription only receives");
        }
    }
}
