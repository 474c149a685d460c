package org.ipckit.sockets;

import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.spi.AuthKey;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.StreamOptions;

/**
 * Where Python programs meet ours: a Unix socket or a TCP port, with a key or without.
 *
 * @param address a {@code uds} or {@code tcp} address
 * @param key what both sides must have, to be proved in the forms of old and new versions
 */
record PythonPlace(Address address, Optional<AuthKey> key) {

    PythonPlace {
        if (!address.scheme().equals("uds") && !address.scheme().equals("tcp")) {
            throw new InvalidAddressException(
                    address + ": multiprocessing.connection has uds:// and tcp://, no " + address.scheme() + "://");
        }
    }

    /**
     * Returns the place.
     *
     * @param authKey empty: the key is that of {@code authkey-file=}, if there is one
     */
    static PythonPlace of(Address address, byte[] authKey) {
        Optional<AuthKey> key = authKey.length > 0
                ? Optional.of(AuthKey.of(authKey))
                : address.option("authkey-file").flatMap(file -> keyOf(address));
        return new PythonPlace(address, key.map(AuthKey::withMd5));
    }

    private static Optional<AuthKey> keyOf(Address address) {
        return StreamOptions.of(address, Options.of(address, address.options().keySet()))
                .authKey(address);
    }

    Listener listen() {
        return address.scheme().equals("uds") ? UnixTransport.listen(address, key) : TcpTransport.listen(address, key);
    }

    Connection connect(Duration timeout) {
        return address.scheme().equals("uds")
                ? UnixTransport.connect(address, key, timeout)
                : TcpTransport.connect(address, key, timeout);
    }
}
