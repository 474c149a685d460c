package org.ipckit.sockets;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.ipckit.transport.spi.SocketStream;

/** A TCP connection whose last words arrive although it is closed. */
final class TcpStream extends SocketStream<SocketChannel> {

    TcpStream(SocketChannel channel) throws IOException {
        super(channel);
    }

    @Override
    public void close() throws IOException {
        Farewell.to(channel());
    }
}
