package org.ipckit.peers.jeromq;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.transport.MessageHandler;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** An end over one socket; a message is an array each time, which is what its API is made for. */
final class PairExchange implements Exchange {

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int DRAINED_AT_ONCE = 256;

    private final ZContext context;
    private final ZMQ.Socket socket;

    PairExchange(ZContext context, ZMQ.Socket socket) {
        this.context = context;
        this.socket = socket;
        socket.setReceiveTimeOut((int) SILENCE.toMillis());
        socket.setSendTimeOut((int) SILENCE.toMillis());
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        if (!socket.send(bytes)) {
            throw new IOException("room for a message: none for " + SILENCE.toSeconds() + " s");
        }
    }

    @Override
    public void receive(MessageHandler handler) throws IOException {
        byte[] message = socket.recv();
        if (message == null) {
            throw new IOException("a message: nothing for " + SILENCE.toSeconds() + " s");
        }
        handler.onMessage(ByteBuffer.wrap(message));
    }

    @Override
    public void drain(MessageHandler handler) throws IOException {
        receive(handler);
        for (int more = 1; more < DRAINED_AT_ONCE; more++) {
            byte[] message = socket.recv(ZMQ.DONTWAIT);
            if (message == null) {
                return;
            }
            handler.onMessage(ByteBuffer.wrap(message));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
