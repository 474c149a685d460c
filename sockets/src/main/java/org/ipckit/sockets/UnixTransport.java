package org.ipckit.sockets;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.spi.AuthKey;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.StreamListener;
import org.ipckit.transport.spi.StreamOptions;

/**
 * {@code uds://}: Unix domain sockets.
 *
 * <p>Options beside those of every stream transport ({@code wait}, {@code buffer}, {@code max-message},
 * {@code authkey-file}): {@code mode} is the mode of the socket file, octal, 600 by default; {@code allow} the numbers of
 * the users who may connect, as the kernel reports them, this one by default unless the mode lets others in;
 * {@code provider} is {@code jdk}, or {@code jnr} for abstract names ({@code uds://@name}) and the peer's pid.
 */
public final class UnixTransport implements Transport {

    private static final Set<String> OPTIONS = StreamOptions.namesWith("mode", "allow", "provider");

    /** Who makes the system calls. */
    private enum Provider {
        JDK,
        JNR
    }

    @Override
    public String scheme() {
        return "uds";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return streamOptions(address).capabilities();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "Unix domain socket",
                Trait.yes("Linux, macOS, Windows 10 and later"),
                Trait.yes("the socket file; abstract names need none"),
                Trait.no(),
                Trait.yes(),
                "a path in the file system",
                "length-prefixed messages on a stream of bytes",
                "the mode of the file, the peer's user as the kernel reports it, a key",
                List.of("two-way", "the kernel knows both ends and reports a dead one", "no ports to run out of"),
                List.of("one machine only", "a path has at most 106 bytes"));
    }

    @Override
    public Availability availability() {
        return JdkUnixSockets.availability();
    }

    @Override
    public Listener listen(Address address) {
        return listen(address, streamOptions(address).authKey(address));
    }

    /** Listens with this key, whatever the address says about keys. */
    static Listener listen(Address address, Optional<AuthKey> authKey) {
        StreamOptions options = streamOptions(address);
        UnixAccess access = UnixAccess.of(address, options(address));
        return new StreamListener(
                address,
                options.capabilities(),
                options,
                authKey,
                sockets(address).listen(address, access));
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        return connect(address, streamOptions(address).authKey(address), timeout);
    }

    /** Connects with this key, whatever the address says about keys. */
    static Connection connect(Address address, Optional<AuthKey> authKey, Duration timeout) {
        StreamOptions options = streamOptions(address);
        UnixSockets sockets = sockets(address);
        return Dialer.connect(
                address, options.capabilities(), options, authKey, timeout, deadline -> sockets.connect(address));
    }

    private static UnixSockets sockets(Address address) {
        boolean isAbstract = address.target().startsWith("@");
        return switch (options(address).choice("provider", isAbstract ? Provider.JNR : Provider.JDK)) {
            case JNR -> JnrUnixSockets.load(address);
            case JDK -> {
                if (isAbstract) {
                    throw new InvalidAddressException(address + ": the JDK has no abstract names; use provider=jnr");
                }
                yield new JdkUnixSockets();
            }
        };
    }

    private static StreamOptions streamOptions(Address address) {
        return StreamOptions.of(address, options(address));
    }

    private static Options options(Address address) {
        return Options.of(address, OPTIONS);
    }
}
