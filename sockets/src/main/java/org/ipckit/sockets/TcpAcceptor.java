package org.ipckit.sockets;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.Newcomer;

/** A listening TCP socket. */
final class TcpAcceptor implements Acceptor {

    /** Makes a stream of a connection. */
    @FunctionalInterface
    interface Welcome {
        Newcomer to(SocketChannel channel) throws IOException;
    }

    private final ServerSocketChannel channel;
    private final Welcome welcome;

    TcpAcceptor(ServerSocketChannel channel, Welcome welcome) {
        this.channel = channel;
        this.welcome = welcome;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Newcomer accept() throws IOException {
        SocketChannel accepted = TcpSockets.accept(channel);
        if (accepted == null) {
            return null;
        }
        try {
            return welcome.to(accepted);
        } catch (IOException | RuntimeException refused) {
            accepted.close();
            throw refused;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
