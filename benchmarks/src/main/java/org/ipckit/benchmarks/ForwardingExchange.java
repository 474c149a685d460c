package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.MessageHandler;

/** An end that is another, but for what a subclass does in another way. */
class ForwardingExchange implements Exchange {

    private final Exchange exchange;

    ForwardingExchange(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        exchange.send(message);
    }

    @Override
    public void receive(MessageHandler handler) throws IOException {
        exchange.receive(handler);
    }

    @Override
    public void drain(MessageHandler handler) throws IOException {
        exchange.drain(handler);
    }

    @Override
    public void close() throws IOException {
        exchange.close();
    }
}
