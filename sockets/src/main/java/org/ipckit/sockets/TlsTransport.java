package org.ipckit.sockets;

import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.StreamListener;
import org.ipckit.transport.spi.StreamOptions;
import org.ipckit.transport.spi.TcpStream;

/**
 * {@code tls://host:port}: TCP, encrypted, and each side knows who the other is as far as certificates say.
 *
 * <p>Options beside those of every stream transport ({@code wait}, {@code buffer}, {@code max-message},
 * {@code authkey-file}):
 *
 * <ul>
 *   <li>{@code key-store=FILE}: this side's key and certificate, PKCS12 or JKS; a listener has to have one. Only its
 *       owner may be able to read the file.
 *   <li>{@code trust-store=FILE}: whom to believe, PKCS12, JKS or certificates as PEM. Without it a client believes whom
 *       the JVM believes.
 *   <li>{@code key-store-password-file=FILE}, {@code trust-store-password-file=FILE}: files with the passwords, which
 *       only their owner may be able to read; or the passwords themselves, {@code key-store-password=},
 *       {@code trust-store-password=}. Other users may see what stands in an address.
 *   <li>{@code client-auth=none|want|need}: whether a listener asks for a certificate; then it has to have a trust
 *       store. A client does not read it.
 *   <li>{@code verify-host=true|false}: whether a client insists that the certificate is of the host as it is written in
 *       the address. A listener does not read it.
 *   <li>{@code protocols=TLSv1.3,TLSv1.2}: one of them or both.
 * </ul>
 *
 * <p>A peer that ends without the goodbye of TLS is a loss, even between two messages.
 */
public final class TlsTransport implements Transport {

    private static final Set<String> WITH_CONTEXT = StreamOptions.namesWith("client-auth", "verify-host", "protocols");
    private static final Set<String> FROM_FILES = StreamOptions.namesWith(
            "client-auth",
            "verify-host",
            "protocols",
            "key-store",
            "key-store-password",
            "key-store-password-file",
            "trust-store",
            "trust-store-password",
            "trust-store-password-file");

    private final Optional<SSLContext> given;

    /** A transport whose keys and trust are in the files that an address names. */
    public TlsTransport() {
        this.given = Optional.empty();
    }

    /**
     * A transport with keys and trust of one's own; an address names no stores then. Clients of one context resume
     * their sessions, as far as the context allows.
     */
    public TlsTransport(SSLContext context) {
        this.given = Optional.of(Objects.requireNonNull(context, "context"));
    }

    @Override
    public String scheme() {
        return "tls";
    }

    @Override
    public Capabilities capabilities(Address address) {
        Options options = options(address);
        TlsOptions.of(address, options);
        return StreamOptions.of(address, options)
                .capabilities()
                .within(Reach.NETWORK)
                .overEncryption();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "TLS on a TCP socket",
                Trait.yes(),
                Trait.yes("a key store, and a trust store"),
                Trait.no(),
                Trait.no("certificates have to be made, spread and renewed"),
                "a host and a port, certificates",
                "length-prefixed messages on an encrypted stream of bytes",
                "certificates, of clients too if wanted; a key",
                List.of("encrypted", "each side can know who the other is", "the same program across the network"),
                List.of("certificates have to be made, spread and renewed", "slower than TCP alone"));
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Listener listen(Address address) {
        Options options = options(address);
        TlsOptions tls = TlsOptions.of(address, options);
        TlsEngines engines = new TlsEngines(address, given.orElseGet(() -> TlsContexts.ofListener(address, tls)), tls);
        ServerSocketChannel channel = TcpSockets.listen(address);
        return new StreamListener(
                HostPort.withPort(address, channel.socket().getLocalPort()),
                capabilities(address),
                StreamOptions.of(address, options),
                new TcpAcceptor(
                        channel,
                        accepted -> TlsStream.on(
                                new TcpStream(accepted),
                                engines.ofListener(),
                                (failure, certificate) -> TlsRefusal.atListener(failure))));
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        Options options = options(address);
        TlsOptions tls = TlsOptions.of(address, options);
        TlsEngines engines = new TlsEngines(address, given.orElseGet(() -> TlsContexts.ofClient(address, tls)), tls);
        return Dialer.connect(address, capabilities(address), StreamOptions.of(address, options), timeout, deadline -> {
            SSLEngine engine = engines.ofClient();
            return TlsStream.on(
                    new TcpStream(TcpSockets.connect(address, deadline)),
                    engine,
                    (failure, certificate) -> TlsRefusal.atClient(address, failure, certificate));
        });
    }

    private Options options(Address address) {
        return Options.of(address, given.isPresent() ? WITH_CONTEXT : FROM_FILES);
    }
}
