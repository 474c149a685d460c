package org.ipckit.sockets;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.spi.Options;

/**
 * The options of {@code tls://} beside those of a stream.
 *
 * @param keyStore {@code key-store=}: who we are
 * @param trustStore {@code trust-store=}: whom we believe
 * @param clientAuth {@code client-auth=}: whether a listener asks who the client is
 * @param verifyHost {@code verify-host=}: whether a client asks that the certificate is of the host in the address
 * @param protocols {@code protocols=}: the versions of TLS; empty if the address does not say
 */
record TlsOptions(
        Optional<StoreFile> keyStore,
        Optional<StoreFile> trustStore,
        ClientAuth clientAuth,
        boolean verifyHost,
        List<String> protocols) {

    /** The versions that are spoken: what is older is broken. */
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Whether a listener asks who the client is. */
    enum ClientAuth {
        /** Everybody may come. */
        NONE,
        /** A certificate is checked if the client has one. */
        WANT,
        /** Nobody may come without a certificate. */
        NEED
    }

    static TlsOptions of(Address address, Options options) {
        List<String> protocols = options.list("protocols");
        if (options.has("protocols")
                && (protocols.isEmpty() || !Set.copyOf(PROTOCOLS).containsAll(protocols))) {
            throw new InvalidAddressException(address + ": option 'protocols' is '" + options.text("protocols", "")
                    + "', expected one or both of " + String.join(",", PROTOCOLS));
        }
        return new TlsOptions(
                StoreFile.of(address, "key-store"),
                StoreFile.of(address, "trust-store"),
                options.choice("client-auth", ClientAuth.NONE),
                options.flag("verify-host", true),
                protocols);
    }
}
