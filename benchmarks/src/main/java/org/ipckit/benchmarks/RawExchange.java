package org.ipckit.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.ipckit.transport.MessageHandler;

/**
 * An end over blocking channels, such as the JDK's, without our API: a length and a body in one write from a direct buffer, and
 * reads of as much as has come. What a careful programmer would write by hand, and nothing more. It waits without end;
 * the runner ends a row that hangs.
 */
public final class RawExchange implements Exchange {

    private static final int SMALLEST_BUFFER_BYTES = 64 * 1024;

    private final ReadableByteChannel in;
    private final WritableByteChannel out;
    private ByteBuffer sent;
    private ByteBuffer read;
    private ByteBuffer lent;

    /**
     * Makes an end.
     *
     * @param usualMessageBytes larger messages are sent and read too, when the buffers have grown
     */
    public RawExchange(ReadableByteChannel in, WritableByteChannel out, int usualMessageBytes) {
        this.in = in;
        this.out = out;
        this.sent = ByteBuffer.allocateDirect(Integer.BYTES + usualMessageBytes);
        this.read = forFrames(usualMessageBytes).limit(0);
        this.lent = read.duplicate();
    }

    private static ByteBuffer forFrames(int messageBytes) {
        return ByteBuffer.allocateDirect(Math.max(SMALLEST_BUFFER_BYTES, 2 * (Integer.BYTES + messageBytes)));
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        int size = message.remaining();
        if (sent.capacity() < Integer.BYTES + size) {
            sent = ByteBuffer.allocateDirect(Integer.BYTES + size);
        }
        sent.clear()
                .putInt(size)
                .put(Integer.BYTES, message, message.position(), size)
                .position(0)
                .limit(Integer.BYTES + size);
        while (sent.hasRemaining()) {
            out.write(sent);
        }
    }

    @Override
    public void receive(MessageHandler handler) throws IOException {
        while (!next(handler)) {
            readMore();
        }
    }

    @Override
    public void drain(MessageHandler handler) throws IOException {
        receive(handler);
        while (next(handler)) {
            // each is handed over by next
        }
    }

    private boolean next(MessageHandler handler) {
        int start = read.position() + Integer.BYTES;
        if (start > read.limit()) {
            return false;
        }
        int end = start + read.getInt(read.position());
        if (end > read.limit()) {
            return false;
        }
        read.position(end);
        handler.onMessage(lent.limit(end).position(start));
        return true;
    }

    private void readMore() throws IOException {
        makeRoom();
        int count = in.read(read);
        read.flip();
        if (count < 0) {
            throw new EOFException("the other end has closed");
        }
    }

    /** Moves what has come of a message to the beginning, of a larger buffer if the message would not fit. */
    private void makeRoom() {
        int size = read.remaining() < Integer.BYTES ? 0 : read.getInt(read.position());
        if (Integer.BYTES + size <= read.capacity()) {
            read.compact();
            return;
        }
        read = forFrames(size).put(read);
        lent = read.duplicate();
    }

    @Override
    public void close() throws IOException {
        try (in;
                out) {
            // both are closed, whatever the first of them says
        }
    }
}
