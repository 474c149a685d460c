package org.ipckit.transport;

import java.time.Duration;

/**
 * The two-line entry: the address alone chooses the transport.
 *
 * <pre>{@code
 * try (Listener listener = Transports.listen("uds://orders")) { ... listener.accept() ... }
 * try (Connection connection = Transports.connect("uds://orders")) { ... connection.send(...) ... }
 * }</pre>
 */
public final class Transports {

    /** How long {@link #connect} keeps trying. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private Transports() {}

    /** Returns the registry of every transport on the class path, loaded once. */
    public static TransportRegistry registry() {
        return OnClassPath.REGISTRY;
    }

    /** Listens at the address. See {@link Transport#listen}. */
    public static Listener listen(String address) {
        return registry().listen(Address.parse(address));
    }

    /** Connects to the address within five seconds. See {@link Transport#connect}. */
    public static Connection connect(String address) {
        return registry().connect(Address.parse(address), CONNECT_TIMEOUT);
    }

    private static final class OnClassPath {
        static final TransportRegistry REGISTRY = TransportRegistry.load();
    }
}
