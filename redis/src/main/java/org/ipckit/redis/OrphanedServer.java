package org.ipckit.redis;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a server whose starter is gone. */
final class OrphanedServer {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);

    private OrphanedServer() {}

    /** Tells the server behind a socket to end, and waits until it has. */
    static void end(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            awaitEnd(channel);
        }
    }

    private static void awaitEnd(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap("SHUTDOWN NOSAVE\r\n".getBytes(StandardCharsets.US_ASCII)));
            // It answers with the end of the stream.
            ByteBuffer ignored = ByteBuffer.allocate(1000);
            while (channel.read(ignored.clear()) >= 0) {
                // The condition does it all.
            }
        } catch (IOException ended) {
            // Also an end, of one that was ended at this moment by something else.
            LOG.debug("ending an orphaned server", ended);
        }
    }
}
