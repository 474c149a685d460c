package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import org.ipckit.transport.spi.ByteStream;

/** A pair of FIFOs as a two-way stream: one to read from, one to write to. */
final class PipeStream implements ByteStream {

    private final FifoEnd in;
    private final FifoEnd out;
    private final FifoPair pair;

    /** Takes both ends over. The peer has the other end of {@code in} open, or says so before messages flow. */
    PipeStream(FifoEnd in, FifoEnd out, FifoPair pair) {
        this.in = in;
        this.out = out;
        this.pair = pair;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return in.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return out.write(from);
    }

    @Override
    public SelectableChannel readable() {
        return in.channel();
    }

    @Override
    public SelectableChannel writable() {
        return out.channel();
    }

    @Override
    public void close() throws IOException {
        try (in;
                out) {
            pair.unlink();
        }
    }

    @Override
    public String toString() {
        return pair.toString();
    }
}
