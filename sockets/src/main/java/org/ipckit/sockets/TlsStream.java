package org.ipckit.sockets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.ipckit.transport.Peer;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Newcomer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS on another stream. It ends like that of a file only by the peer's goodbye ({@code close_notify}): a line that was
 * cut is a failure, so that nobody takes half of what was said for the whole.
 *
 * <p>One thread may read while another writes.
 */
final class TlsStream implements ByteStream {

    private static final Logger LOG = LoggerFactory.getLogger(TlsStream.class);

    private final ByteStream raw;
    private final TlsOutput output;
    private final TlsInput input;

    private TlsStream(ByteStream raw, TlsOutput output, TlsInput input) {
        this.raw = raw;
        this.output = output;
        this.input = input;
    }

    /** Returns TLS on this stream, which it takes over, and the handshake that establishes it. */
    static Newcomer on(ByteStream raw, SSLEngine engine, TlsHandshake.Explanation explanation) {
        TlsOutput output = new TlsOutput(engine, raw);
        TlsInput input = new TlsInput(engine, raw, output);
        return new Newcomer(new TlsStream(raw, output, input), new TlsHandshake(engine, input, output, explanation));
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return input.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return output.write(from);
    }

    @Override
    public boolean flush() throws IOException {
        return output.flush();
    }

    @Override
    public boolean sayGoodbye() throws IOException {
        return output.sayGoodbye();
    }

    @Override
    public SelectableChannel readable() {
        return raw.readable();
    }

    @Override
    public SelectableChannel writable() {
        return raw.writable();
    }

    @Override
    public Optional<Peer> peer() {
        return raw.peer();
    }

    @Override
    public void close() throws IOException {
        try {
            output.sayGoodbye();
            input.discard();
        } catch (IOException gone) {
            LOG.debug("saying goodbye to who is gone", gone);
        } finally {
            raw.close();
        }
    }
}
