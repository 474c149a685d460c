package org.ipckit.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import org.ipckit.transport.Address;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket of the JDK's that blocks, as a stream that does not: a daemon thread reads from it into a pipe that can be
 * selected. Writes go straight through, and wait while the server does not take more.
 */
final class TlsPump implements ByteStream {

    private static final Logger LOG = LoggerFactory.getLogger(TlsPump.class);
    private static final int CHUNK_BYTES = 16 << 10;

    private final Address address;
    private final Socket socket;
    private final OutputStream out;
    private final Pipe.SourceChannel source;
    private final Thread thread;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private volatile IOException failure;

    /** Takes the socket over. */
    TlsPump(Address address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.out = socket.getOutputStream();
        Pipe pipe = Pipe.open();
        this.source = pipe.source();
        source.configureBlocking(false);
        this.thread = Daemons.thread("tls of " + address, () -> pump(pipe.sink()));
        thread.start();
    }

    private void pump(Pipe.SinkChannel sink) {
        byte[] bytes = new byte[CHUNK_BYTES];
        try (sink) {
            InputStream in = socket.getInputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                ByteBuffer read = ByteBuffer.wrap(bytes, 0, count);
                while (read.hasRemaining()) {
                    sink.write(read);
                }
            }
        } catch (IOException ended) {
            failure = ended;
            LOG.debug("{}: {}", address, ended.toString());
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = source.read(into);
        if (count < 0 && failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = Math.min(from.remaining(), CHUNK_BYTES);
        from.get(chunk, 0, count);
        out.write(chunk, 0, count);
        out.flush();
        return count;
    }

    @Override
    public SelectableChannel readable() {
        return source;
    }

    @Override
    public SelectableChannel writable() {
        // Nobody waits for it: a write takes everything, however long that takes.
        return source;
    }

    @Override
    public void close() throws IOException {
        // The pipe first: whoever pumps may be waiting for room in it.
        try (socket;
                source) {
            LOG.debug("closing {}", address);
        }
        Interruptions.during(thread::join);
    }
}
