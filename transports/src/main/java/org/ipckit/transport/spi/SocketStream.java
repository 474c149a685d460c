package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectableChannel;

/** The stream of one selectable channel that reads and writes, such as a {@link java.nio.channels.SocketChannel}. */
public class SocketStream<C extends SelectableChannel & ByteChannel> implements ByteStream {

    private final C channel;

    /** Takes the channel over; it becomes non-blocking and is closed with the stream. */
    public SocketStream(C channel) throws IOException {
        // Non-blocking even for a blocking receive: a blocking channel has no time-out, and an interrupt would close
        // it.
        channel.configureBlocking(false);
        this.channel = channel;
    }

    /** Returns the channel. */
    protected final C channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public SelectableChannel readable() {
        return channel;
    }

    @Override
    public SelectableChannel writable() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
