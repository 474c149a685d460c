package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** A TCP connection whose last words arrive although it is closed. */
public final class TcpStream extends SocketStream<SocketChannel> {

    /** Takes the channel over, as {@link SocketStream} does. */
    public TcpStream(SocketChannel channel) throws IOException {
        super(channel);
    }

    @Override
    public void close() throws IOException {
        Farewell.to(channel());
    }
}
