package org.ipckit.transport.inproc;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Peer;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.AcceptQueue;
import org.ipckit.transport.spi.DuplexConnection;

/** Gives out the other ends of the connections that were made to it. Any thread may connect or close. */
final class InProcessListener implements Listener {

    private final Address address;
    private final Capabilities capabilities;
    private final WaitStrategy wait;
    private final Consumer<InProcessListener> onClose;
    private final AcceptQueue<Connection> connected;

    InProcessListener(
            Address address, Capabilities capabilities, WaitStrategy wait, Consumer<InProcessListener> onClose) {
        this.address = address;
        this.capabilities = capabilities;
        this.wait = wait;
        this.onClose = onClose;
        this.connected = new AcceptQueue<>(address);
    }

    /** Makes a connection: one end is returned, the other waits to be accepted. */
    Connection take(Address client, Capabilities clientCapabilities, WaitStrategy clientWait) throws IOException {
        Lane there = new Lane(capabilities.maxMessageSize());
        Lane back = new Lane(clientCapabilities.maxMessageSize());
        if (!connected.add(end(address, capabilities, wait, back, there))) {
            throw new IOException("the listener has just closed");
        }
        return end(client, clientCapabilities, clientWait, there, back);
    }

    private static Connection end(Address address, Capabilities capabilities, WaitStrategy wait, Lane out, Lane in) {
        return new DuplexConnection(
                address,
                capabilities,
                wait,
                new LaneOutbox(out),
                out.untilRoom(),
                new LaneInbox(in),
                in.untilArrival(),
                () -> {
                    out.closeByWriter();
                    in.closeByReader();
                },
                Optional.<Peer>empty());
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Optional<Connection> accept(Duration timeout) {
        return connected.take(timeout);
    }

    @Override
    public void close() {
        onClose.accept(this);
        connected.close(Connection::close);
    }
}
