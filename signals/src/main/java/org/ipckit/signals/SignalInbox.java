package org.ipckit.signals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Lease;

/** Receives what has come to one end. One thread uses it. */
final class SignalInbox implements Inbox {

    private static final int USUAL_BYTES = 4096;

    /** The last value of a message is written as eight bytes. */
    private static final int SLACK = 8;

    private final Exchange exchange;
    private final Lease lease;
    private ByteBuffer message = ByteBuffer.allocate(0);
    private ByteBuffer readOnly = message;
    private Ending ending;

    SignalInbox(Exchange exchange, Lease lease) {
        this.exchange = exchange;
        this.lease = lease;
    }

    @Override
    public int look() {
        int known = next();
        if (known != NONE) {
            return known;
        }
        Optional<Ending> gone = lease.ending();
        // Who is gone has queued everything before, and the receiver may not have taken it off the queue yet.
        if (gone.isEmpty() || !exchange.isDrained()) {
            return NONE;
        }
        int last = next();
        if (last == NONE) {
            ending = exchange.in().isMidMessage()
                    ? Ending.loss(
                            "the peer ended in the middle of a message",
                            gone.get().cause())
                    : gone.get();
            return END;
        }
        return last;
    }

    @Override
    public int next() {
        int size = exchange.in().nextSize();
        if (size >= 0) {
            return size;
        }
        Optional<String> corruption = exchange.in().corruption();
        if (corruption.isEmpty()) {
            return NONE;
        }
        // Looked at again: it may have come after a message that came after the look before.
        size = exchange.in().nextSize();
        if (size < 0) {
            ending = Ending.corrupt(corruption.get());
            return END;
        }
        return size;
    }

    @Override
    public ByteBuffer lend(int sizeBytes) {
        unpack(sizeBytes);
        return readOnly.clear().limit(sizeBytes).order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public Message copy(int sizeBytes) {
        unpack(sizeBytes);
        return Message.copyOf(message.clear().limit(sizeBytes));
    }

    private void unpack(int sizeBytes) {
        if (message.capacity() < sizeBytes + SLACK) {
            message = ByteBuffer.allocate(Math.max(USUAL_BYTES, sizeBytes + SLACK));
            readOnly = message.asReadOnlyBuffer();
        }
        exchange.in().copy(sizeBytes, message.clear());
    }

    @Override
    public void consume(int sizeBytes) {
        exchange.consume(sizeBytes);
    }

    @Override
    public Ending ending() {
        return ending;
    }
}
