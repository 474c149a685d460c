package org.ipckit.chronicle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.spi.LeaseListener;
import org.ipckit.transport.spi.SocketFile;

/**
 * {@code chronicle://}: a pair of Chronicle Queues for each connection, between processes of one user. The queues are in
 * the folder {@code NAME.connections} beside the address; what nobody has read outlives the processes and comes first in
 * the next connection.
 *
 * <p>Options: {@code wait}; {@code max-message}, 16 MiB by default and at most; {@code roll}, how much this side writes to
 * one file before it goes on to the next, 64 MiB by default: the receiver removes a file when it has read it.
 *
 * <p>The JVM has to be started with {@code --add-opens=java.base/java.lang.reflect=ALL-UNNAMED} and {@code
 * --add-opens=java.base/sun.nio.ch=ALL-UNNAMED}; {@link #availability} says so where it was not.
 */
public final class ChronicleTransport implements Transport {

    /** Makes it; it holds no state. */
    public ChronicleTransport() {}

    @Override
    public String scheme() {
        return "chronicle";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return ConnectionOptions.of(address).capabilities();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "Chronicle Queue",
                Trait.yes("the queue; the JVM needs two options"),
                Trait.yes(),
                Trait.no(),
                Trait.no("only programs on a JVM have the library, and it needs options"),
                "file name",
                "whole messages in mapped files",
                "file access: one user's processes",
                List.of("a sender never waits", "what nobody has read outlives the processes", "fast"),
                List.of("what is not read fills the disk", "a large library, which needs options of the JVM"));
    }

    @Override
    public Availability availability() {
        return ChronicleJvm.availability();
    }

    @Override
    public Listener listen(Address address) {
        QueueConnections connections = connections(address);
        Path file = SocketFile.of(address);
        Places places = new Places(address, file);
        return LeaseListener.listen(address, file, connections.host(places), places::sweep);
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        return connections(address).dial(SocketFile.of(address), timeout);
    }

    private static QueueConnections connections(Address address) {
        ConnectionOptions options = ConnectionOptions.of(address);
        ChronicleJvm.require(address);
        return new QueueConnections(address, options);
    }
}
