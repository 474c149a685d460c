package org.ipckit.files;

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
import org.ipckit.transport.TransportUnavailableException;
import org.ipckit.transport.spi.LeaseListener;
import org.ipckit.transport.spi.SocketFile;

/**
 * {@code jsonfile://}: a lock-protected JSON file for each connection, between processes of one user. The files are in the
 * folder {@code NAME.connections} beside the address, and anybody of that user can read along.
 *
 * <p>Options: {@code wait}; {@code max-message}, 1 MiB by default and at most 2 MiB; {@code format}, {@code json} or
 * {@code cbor}, which the listener decides; {@code durable=true} to have each message on the disk before it counts as
 * sent; {@code notice=poll} to look for changes where the system does not report them and does not say so.
 *
 * <p>Who waits is told of changes by the system (inotify). On file systems of networks (NFS, CIFS, ...) it does not tell all:
 * there each side looks every 10 ms, and the log says so. Where the system tells of none at all, {@link #availability} is
 * degraded.
 */
public final class JsonFileTransport implements Transport {

    @Override
    public String scheme() {
        return "jsonfile";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return FileOptions.of(address).capabilities();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "lock-protected JSON file",
                Trait.yes("the format; the locks here are Linux's"),
                Trait.yes(),
                Trait.no(),
                Trait.yes(),
                "file name",
                "JSON text, or CBOR",
                "file access: one user's processes; locks that exclude every other tool",
                List.of("cat shows every message", "what nobody has read outlives the processes"),
                List.of("the slowest", "the file is written anew for each message"));
    }

    @Override
    public Availability availability() {
        try {
            String reason = LibC.LIBRARY.reasonWhyNot();
            return reason.isEmpty()
                    ? FileWatch.whyNothingIsReported()
                            .map(Availability::degraded)
                            .orElseGet(Availability::yes)
                    : Availability.no(reason);
        } catch (LinkageError missing) {
            return Availability.no("jnr-ffi is not on the class path: " + missing);
        }
    }

    @Override
    public Listener listen(Address address) {
        FileConnections connections = connections(address);
        Path file = SocketFile.of(address);
        ConnectionFiles files = new ConnectionFiles(
                file, connections.options().format(), connections.options().durable());
        return LeaseListener.listen(address, file, connections.host(files), files::sweep);
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        return connections(address).dial(SocketFile.of(address), timeout);
    }

    private static FileConnections connections(Address address) {
        FileOptions options = FileOptions.of(address);
        if (!LibC.LIBRARY.reasonWhyNot().isEmpty()) {
            throw new TransportUnavailableException(address + ": " + LibC.LIBRARY.reasonWhyNot());
        }
        return new FileConnections(address, options);
    }
}
