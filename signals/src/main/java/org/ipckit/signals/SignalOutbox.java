package org.ipckit.signals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.ipckit.signals.SignalTarget.Sent;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.Outbox;

/** Sends messages as values, seven bytes each. One thread uses it. */
final class SignalOutbox implements Outbox {

    /** Nobody reports that the system's queue has room again. */
    private static final long FULL_NANOS = 1_000_000;

    private final Exchange exchange;
    private final Lease lease;
    private ByteBuffer own = ByteBuffer.allocate(0);

    /** The message that is on its way, the caller's or our own buffer; null if there is none. */
    private ByteBuffer body;

    private boolean ours;
    private int at;
    private int end;

    /** Whether the first value of the message was sent, which says its size. */
    private boolean begun;

    SignalOutbox(Exchange exchange, Lease lease) {
        this.exchange = exchange;
        this.lease = lease;
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        requirePeer();
        if (!drain() || !exchange.maySend()) {
            return false;
        }
        ours = false;
        start(message, message.position(), message.limit());
        if (!begun) {
            body = null;
        }
        return begun;
    }

    private void start(ByteBuffer message, int from, int to) throws IOException {
        body = message;
        at = from;
        end = to;
        begun = false;
        sendRest();
    }

    /** Sends what may be sent of the message. */
    private void sendRest() throws IOException {
        exchange.resumeSending();
        try {
            if (!begun) {
                int bytes = Math.min(ValueFormat.FIRST_BYTES, end - at);
                int first = (int) bytes(body, at, bytes) << (Byte.SIZE * (ValueFormat.FIRST_BYTES - bytes));
                if (!send(ValueFormat.first(end - at, first))) {
                    return;
                }
                begun = true;
                at += bytes;
            }
            while (at < end) {
                int bytes = Math.min(ValueFormat.MORE_BYTES, end - at);
                if (!send(value(bytes))) {
                    return;
                }
                at += bytes;
            }
            body = null;
        } finally {
            exchange.pauseSending();
        }
    }

    private long value(int bytes) {
        return bytes == ValueFormat.MORE_BYTES
                        && at + Long.BYTES <= body.limit()
                        && body.order() == ByteOrder.BIG_ENDIAN
                ? body.getLong(at) >>> Byte.SIZE
                : bytes(body, at, bytes) << (Byte.SIZE * (ValueFormat.MORE_BYTES - bytes));
    }

    private static long bytes(ByteBuffer from, int position, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes = (bytes << Byte.SIZE) | (from.get(position + i) & 0xff);
        }
        return bytes;
    }

    /** Returns false if there is no room now, at the peer or in the system's queue. */
    private boolean send(long data) throws IOException {
        if (!exchange.maySend()) {
            return false;
        }
        if (exchange.peerFinished()) {
            throw new IOException("it has closed");
        }
        Sent sent = exchange.send(data);
        if (sent == Sent.GONE) {
            throw new IOException("the thread that takes its signals has ended");
        }
        if (sent == Sent.FULL) {
            exchange.untilRoom().shorten(FULL_NANOS);
        }
        return sent == Sent.YES;
    }

    @Override
    public void keep() {
        if (body == null || ours) {
            return;
        }
        int rest = end - at;
        require(rest);
        own.clear().put(0, body, at, rest);
        body = own;
        ours = true;
        at = 0;
        end = rest;
    }

    private void require(int sizeBytes) {
        if (own.capacity() < sizeBytes) {
            own = ByteBuffer.allocate(sizeBytes);
        }
    }

    @Override
    public boolean drain() throws IOException {
        if (body == null) {
            return true;
        }
        requirePeer();
        sendRest();
        return body == null;
    }

    @Override
    public boolean unfinished() {
        return body != null;
    }

    @Override
    public ByteBuffer claim(int sizeBytes) throws IOException {
        requirePeer();
        if (!drain() || !exchange.maySend()) {
            return null;
        }
        require(sizeBytes);
        return own.clear().limit(sizeBytes);
    }

    @Override
    public void commit(int sizeBytes) throws IOException {
        ours = true;
        start(own.clear(), 0, sizeBytes);
    }

    private void requirePeer() throws IOException {
        Optional<Ending> ending = lease.ending();
        if (ending.isPresent()) {
            throw new IOException(ending.get().text(), ending.get().cause());
        }
    }
}
