package org.ipckit.peers.jeromq;

import java.io.IOException;
import java.nio.file.Path;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** A pair of sockets of JeroMQ. Its own thread moves the bytes, as the library wants it. */
public abstract class JeroMqContender implements PeerContender {

    private final String name;

    JeroMqContender(String name) {
        this.name = name;
    }

    /** Its {@code ipc://}, which in this version is TCP on a port that it makes from the name. */
    public static final class Ipc extends JeroMqContender {
        public Ipc() {
            super("peer-jeromq-ipc");
        }

        @Override
        String endpoint(Path folder) {
            return "ipc://" + folder.resolve("jeromq");
        }
    }

    /** Its {@code tcp://} on the loopback. */
    public static final class Tcp extends JeroMqContender {
        public Tcp() {
            super("peer-jeromq-tcp");
        }

        @Override
        String endpoint(Path folder) {
            return "tcp://127.0.0.1:*";
        }
    }

    abstract String endpoint(Path folder);

    @Override
    public String name() {
        return name;
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        ZContext context = new ZContext();
        ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
        try {
            socket.bind(endpoint(folder));
        } catch (ZMQException refused) {
            context.close();
            throw new IOException("bind: " + refused.getMessage(), refused);
        }
        return Entrance.at(socket.getLastEndpoint(), () -> new PairExchange(context, socket), context);
    }

    @Override
    public Exchange connect(String place, boolean batched) {
        ZContext context = new ZContext();
        ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
        socket.connect(place);
        return new PairExchange(context, socket);
    }
}
