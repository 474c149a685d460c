package org.ipckit.sockets;

import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ipckit.transport.spi.ByteStream;

/** One end of a line within one thread that carries so many bytes at a time, and nothing every other time. */
final class ChoppedStream implements ByteStream {

    /** What is on its way, so little that a record never fits. */
    private static final int ROOM = 100;

    private final Deque<Byte> incoming;
    private final Deque<Byte> outgoing;
    private final int most;
    private boolean hesitates;
    private boolean cut;

    private ChoppedStream(Deque<Byte> incoming, Deque<Byte> outgoing, int most) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.most = most;
    }

    static ChoppedStream[] line(int most) {
        Deque<Byte> there = new ArrayDeque<>();
        Deque<Byte> back = new ArrayDeque<>();
        return new ChoppedStream[] {new ChoppedStream(back, there, most), new ChoppedStream(there, back, most)};
    }

    /** Lets the reader see the end once it has read what is on its way. */
    void cut() {
        cut = true;
    }

    /** Changes a bit of what comes next. */
    void spoil() {
        incoming.addFirst((byte) (incoming.removeFirst() ^ 1));
    }

    @Override
    public int read(ByteBuffer into) {
        if (incoming.isEmpty() && cut) {
            return -1;
        }
        hesitates = !hesitates;
        int count = hesitates ? 0 : Math.min(most, Math.min(into.remaining(), incoming.size()));
        for (int i = 0; i < count; i++) {
            into.put(incoming.removeFirst());
        }
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        hesitates = !hesitates;
        int count = hesitates ? 0 : Math.min(most, Math.min(from.remaining(), ROOM - outgoing.size()));
        for (int i = 0; i < count; i++) {
            outgoing.addLast(from.get());
        }
        return count;
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
