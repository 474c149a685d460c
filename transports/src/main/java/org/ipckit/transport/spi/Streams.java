package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections of streams, and ends streams that nobody will use. */
public final class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int MOST_UNREAD_READS = 256;
    private static final int UNREAD_BYTES = 64 << 10;

    private Streams() {}

    /** Returns a connection that sends length-prefixed frames on the stream, whose handshake is finished. */
    public static Connection connection(
            Address address, Capabilities capabilities, StreamOptions options, ByteStream stream) {
        return new DuplexConnection(
                address,
                capabilities,
                options.waitStrategy(),
                new FrameWriter(stream, options.bufferBytes()),
                new ChannelSleeper(stream.writable(), SelectionKey.OP_WRITE),
                new FrameReader(stream, capabilities.maxMessageSize()),
                new ChannelSleeper(stream.readable(), SelectionKey.OP_READ),
                () -> {
                    discardUnread(stream);
                    stream.close();
                },
                stream.peer());
    }

    /** Bytes left unread would make the kernel report a reset to the peer, in the place of our orderly end. */
    private static void discardUnread(ByteStream stream) {
        ByteBuffer unread = ByteBuffer.allocate(UNREAD_BYTES);
        int reads = 0;
        try {
            while (stream.read(unread.clear()) > 0 && reads < MOST_UNREAD_READS) {
                reads++;
            }
        } catch (IOException ended) {
            LOG.debug("discarding what was not read", ended);
        }
    }

    /** Closes it; if that fails there is nobody to act on it, and the log at level debug says so. */
    static void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException gone) {
            LOG.debug("closing {}", stream, gone);
        }
    }
}
