package org.ipckit.redis;

import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/** A host and its port. */
record HostPort(String host, int port) {

    private static final int LARGEST_PORT = 65535;

    /** Reads {@code host}, {@code host:port} or {@code [v6]:port}. */
    static HostPort of(Address address, String text, int otherwise) {
        int bracket = text.indexOf(']');
        int colon = text.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? text : text.substring(0, colon);
        if (bracket > 0) {
            host = text.substring(1, bracket);
        }
        if (host.isEmpty()) {
            throw new InvalidAddressException(address + ": a host is missing before the port");
        }
        return new HostPort(host, colon < 0 ? otherwise : port(address, text.substring(colon + 1)));
    }

    private static int port(Address address, String text) {
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= LARGEST_PORT) {
                return port;
            }
        }
        throw new InvalidAddressException(address + ": '" + text + "' is not a port from 1 to " + LARGEST_PORT);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
