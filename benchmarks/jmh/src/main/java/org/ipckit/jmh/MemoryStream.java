package org.ipckit.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import org.ipckit.transport.spi.ByteStream;

/** A stream that gives back what was written to it: all of a connection over it but the system. One thread uses it. */
final class MemoryStream implements ByteStream {

    private final ByteBuffer kept;
    private final Pipe pipe;

    MemoryStream(int capacityBytes) throws IOException {
        this.kept = ByteBuffer.allocateDirect(capacityBytes);
        this.pipe = Pipe.open();
    }

    @Override
    public int read(ByteBuffer into) {
        kept.flip();
        int count = Math.min(into.remaining(), kept.remaining());
        into.put(into.position(), kept, kept.position(), count).position(into.position() + count);
        kept.position(kept.position() + count);
        kept.compact();
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        int count = Math.min(from.remaining(), kept.remaining());
        kept.put(kept.position(), from, from.position(), count).position(kept.position() + count);
        from.position(from.position() + count);
        return count;
    }

    /** Only asked for by who has to wait. */
    @Override
    public SelectableChannel readable() {
        return pipe.source();
    }

    @Override
    public SelectableChannel writable() {
        return pipe.sink();
    }

    @Override
    public void close() throws IOException {
        pipe.source().close();
        pipe.sink().close();
    }
}
