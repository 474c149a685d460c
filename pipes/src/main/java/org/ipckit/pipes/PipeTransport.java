package org.ipckit.pipes;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.TransportUnavailableException;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.StreamListener;
import org.ipckit.transport.spi.StreamOptions;

/**
 * {@code pipe://}: a pair of named pipes for each connection, between processes of one user. The address is a named pipe
 * on which clients ask for a connection.
 *
 * <p>Option beside those of every stream transport ({@code wait}, {@code buffer}, {@code max-message},
 * {@code authkey-file}): {@code pipe-size} is how many bytes the system keeps between writer and reader, up to
 * {@code /proc/sys/fs/pipe-max-size}; 64 KiB by default.
 */
public final class PipeTransport implements Transport {

    private static final Set<String> OPTIONS = StreamOptions.namesWith(PipeSize.OPTION);

    @Override
    public String scheme() {
        return "pipe";
    }

    @Override
    public Capabilities capabilities(Address address) {
        PipeSize.of(address, options(address));
        return streamOptions(address).capabilities();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "named pipes (FIFOs)",
                Trait.no(),
                Trait.yes(),
                Trait.no(),
                Trait.no(),
                "backing file name",
                "length-prefixed messages on a stream of bytes",
                "file access: one user's processes; only one process writes to each pipe",
                List.of("fast and efficient", "no external services", "the kernel reports a dead peer"),
                List.of("not cross-platform", "difficult to code well with the system's own means"));
    }

    @Override
    public Availability availability() {
        try {
            String reason = LibC.LIBRARY.reasonWhyNot();
            return reason.isEmpty() ? Availability.yes() : Availability.no(reason);
        } catch (LinkageError missing) {
            return Availability.no("jnr-ffi is not on the class path: " + missing);
        }
    }

    @Override
    public Listener listen(Address address) {
        StreamOptions options = streamOptions(address);
        PipeAddress pipe = pipe(address);
        return new StreamListener(
                address,
                options.capabilities(),
                options,
                AddressOwnership.taking(address, pipe.file(), ownership -> PipeAcceptor.open(pipe, ownership)));
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        StreamOptions options = streamOptions(address);
        return Dialer.connect(address, options.capabilities(), options, timeout, new PipeCaller(pipe(address)));
    }

    private static PipeAddress pipe(Address address) {
        if (!LibC.LIBRARY.reasonWhyNot().isEmpty()) {
            throw new TransportUnavailableException(address + ": " + LibC.LIBRARY.reasonWhyNot());
        }
        return PipeAddress.of(address, PipeSize.of(address, options(address)));
    }

    private static StreamOptions streamOptions(Address address) {
        return StreamOptions.of(address, options(address));
    }

    private static Options options(Address address) {
        return Options.of(address, OPTIONS);
    }
}
