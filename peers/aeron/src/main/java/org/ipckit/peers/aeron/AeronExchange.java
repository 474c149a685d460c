package org.ipckit.peers.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.transport.MessageHandler;

/** An end over two streams of Aeron: an exclusive publication, and a subscription that is polled without rest. */
final class AeronExchange implements Exchange {

    static final int TO_LISTENER = 1;
    static final int TO_CONNECTED = 2;

    /**
     * The sender may be half a term ahead, which the driver says once in a millisecond: enough for all that goes in that
     * time, and no more than the cache holds. A message may have an eighth of it.
     */
    private static final String CHANNEL = "aeron:ipc?term-length=16m";

    private static final int DRAINED_AT_ONCE = 256;

    private final Runnable onClose;
    private final ExclusivePublication publication;
    private final Subscription subscription;
    private final FragmentAssembler fragments = new FragmentAssembler(this::hand);
    private final UnsafeBuffer sent = new UnsafeBuffer(0, 0);
    private final Silence silence = new Silence();
    private Object wrapped;
    private Object lentFrom;
    private ByteBuffer lent;
    private MessageHandler handler;
    private int handed;

    private AeronExchange(Aeron aeron, int out, int in, Runnable onClose) {
        this.publication = aeron.addExclusivePublication(CHANNEL, out);
        this.subscription = aeron.addSubscription(CHANNEL, in);
        this.onClose = onClose;
    }

    /** Opens both streams, and waits for the other end. */
    static AeronExchange of(Aeron aeron, int out, int in, Runnable onClose) throws IOException {
        AeronExchange exchange = new AeronExchange(aeron, out, in, onClose);
        try {
            exchange.awaitConnected();
            return exchange;
        } catch (IOException | RuntimeException refused) {
            exchange.close();
            throw refused;
        }
    }

    private void awaitConnected() throws IOException {
        long start = System.nanoTime();
        while (!publication.isConnected() || !subscription.isConnected()) {
            if (System.nanoTime() - start > Silence.LONGEST.toNanos()) {
                throw new IOException("the other end has not come for " + Silence.LONGEST.toSeconds() + " s");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        if (message != wrapped) {
            sent.wrap(message);
            wrapped = message;
        }
        long position = publication.offer(sent, message.position(), message.remaining());
        while (position < 0) {
            if (position != Publication.BACK_PRESSURED && position != Publication.ADMIN_ACTION) {
                throw new IOException("offer failed: " + Publication.errorString(position));
            }
            silence.go("room for a message");
            position = publication.offer(sent, message.position(), message.remaining());
        }
        silence.end();
    }

    @Override
    public void receive(MessageHandler receiver) throws IOException {
        poll(receiver, 1);
    }

    @Override
    public void drain(MessageHandler receiver) throws IOException {
        poll(receiver, DRAINED_AT_ONCE);
    }

    private void poll(MessageHandler receiver, int limit) throws IOException {
        handler = receiver;
        handed = 0;
        while (subscription.poll(fragments, limit) == 0 || handed == 0) {
            silence.go("a message");
        }
        silence.end();
    }

    private void hand(DirectBuffer buffer, int offset, int length, Header header) {
        handed++;
        int start = offset + buffer.wrapAdjustment();
        handler.onMessage(view(buffer).limit(start + length).position(start));
    }

    /** A term is the same buffer for a million messages. */
    private ByteBuffer view(DirectBuffer buffer) {
        Object memory = buffer.byteBuffer() == null ? buffer.byteArray() : buffer.byteBuffer();
        if (memory != lentFrom) {
            lentFrom = memory;
            lent = buffer.byteBuffer() == null
                    ? ByteBuffer.wrap(buffer.byteArray())
                    : buffer.byteBuffer().duplicate().clear();
        }
        return lent.clear();
    }

    @Override
    public void close() {
        publication.close();
        subscription.close();
        onClose.run();
    }
}
