package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.function.IntSupplier;

/**
 * A stream whose two directions are one: what is written is read again. It takes and gives as many bytes at a time as
 * the test says.
 */
final class ScriptedStream implements ByteStream {

    static final IntSupplier ANY_NUMBER = () -> Integer.MAX_VALUE;
    static final IntSupplier NONE = () -> 0;

    IntSupplier takes = ANY_NUMBER;
    IntSupplier gives = ANY_NUMBER;
    boolean holdsBack;
    boolean ended;
    IOException reset;
    int writes;

    private byte[] bytes = new byte[1 << 16];
    private int start;
    private int end;

    /** Puts bytes there to be read. */
    void put(ByteBuffer more) {
        int count = more.remaining();
        if (bytes.length - end < count) {
            byte[] other = bytes.length / 2 > size() + count ? bytes : new byte[2 * (size() + count)];
            System.arraycopy(bytes, start, other, 0, size());
            bytes = other;
            end -= start;
            start = 0;
        }
        more.get(bytes, end, count);
        end += count;
    }

    /** Returns how many bytes are there to be read. */
    int size() {
        return end - start;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (size() == 0) {
            if (reset != null) {
                throw reset;
            }
            return ended ? -1 : 0;
        }
        int count = Math.min(Math.min(into.remaining(), gives.getAsInt()), size());
        into.put(bytes, start, count);
        start += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (reset != null) {
            throw reset;
        }
        writes++;
        int count = Math.min(from.remaining(), takes.getAsInt());
        int limit = from.limit();
        put(from.limit(from.position() + count));
        from.limit(limit);
        return count;
    }

    @Override
    public boolean flush() {
        return !holdsBack;
    }

    @Override
    public SelectableChannel readable() {
        throw new UnsupportedOperationException("nobody waits for it");
    }

    @Override
    public SelectableChannel writable() {
        throw new UnsupportedOperationException("nobody waits for it");
    }

    @Override
    public void close() {}
}
