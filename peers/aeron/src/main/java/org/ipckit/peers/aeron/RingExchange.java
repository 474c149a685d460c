package org.ipckit.peers.aeron;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.transport.MessageHandler;

/** An end over a ring to write to and one to read from. */
final class RingExchange implements Exchange {

    private static final int TYPE = 1;
    private static final int DRAINED_AT_ONCE = 256;

    private final RingBuffer out;
    private final RingBuffer in;
    private final ByteBuffer lent;
    private final int lentStart;
    private final UnsafeBuffer sent = new UnsafeBuffer(0, 0);
    private final org.agrona.concurrent.MessageHandler hand = this::hand;
    private final Silence silence = new Silence();
    private Object wrapped;
    private MessageHandler handler;

    RingExchange(RingBuffer out, RingBuffer in) {
        this.out = out;
        this.in = in;
        this.lent = in.buffer().byteBuffer().duplicate();
        this.lentStart = in.buffer().wrapAdjustment();
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        if (message != wrapped) {
            sent.wrap(message);
            wrapped = message;
        }
        while (!out.write(TYPE, sent, message.position(), message.remaining())) {
            silence.go("room for a message");
        }
        silence.end();
    }

    @Override
    public void receive(MessageHandler receiver) throws IOException {
        read(receiver, 1);
    }

    @Override
    public void drain(MessageHandler receiver) throws IOException {
        read(receiver, DRAINED_AT_ONCE);
    }

    private void read(MessageHandler receiver, int limit) throws IOException {
        handler = receiver;
        while (in.read(hand, limit) == 0) {
            silence.go("a message");
        }
        silence.end();
    }

    private void hand(int type, MutableDirectBuffer buffer, int index, int length) {
        int start = lentStart + index;
        handler.onMessage(lent.clear().limit(start + length).position(start));
    }

    @Override
    public void close() {
        // The memory goes with the process.
    }
}
