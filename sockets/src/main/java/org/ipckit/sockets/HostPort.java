package org.ipckit.sockets;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/** Reads {@code host:port}, with an IPv6 address in brackets. */
final class HostPort {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:/@\\[\\]]+)):(\\d{1,5})");
    private static final int LARGEST_PORT = 65535;

    private HostPort() {}

    /** Returns where an address points to; its host is looked up. */
    static InetSocketAddress of(Address address) {
        Matcher form = FORM.matcher(address.target());
        if (!form.matches() || Integer.parseInt(form.group(3)) > LARGEST_PORT) {
            throw new InvalidAddressException(
                    address + ": expected " + address.scheme() + "://host:port with a port from 0 to " + LARGEST_PORT
                            + ", such as " + address.scheme() + "://127.0.0.1:7000");
        }
        return new InetSocketAddress(host(address, form), Integer.parseInt(form.group(3)));
    }

    /** Returns the host as it was written. */
    static String host(Address address) {
        Matcher form = FORM.matcher(address.target());
        return form.matches() ? (form.group(1) != null ? form.group(1) : form.group(2)) : "";
    }

    private static InetAddress host(Address address, Matcher form) {
        String host = form.group(1) != null ? form.group(1) : form.group(2);
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new InvalidAddressException(address + ": the host '" + host + "' is not known", unknown);
        }
    }

    /** Returns the same address with the port that was bound. */
    static Address withPort(Address address, int port) {
        String target = address.target();
        return address.withTarget(target.substring(0, target.lastIndexOf(':') + 1) + port);
    }
}
