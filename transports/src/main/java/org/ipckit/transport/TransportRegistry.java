package org.ipckit.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the mechanism for an address by its scheme. Immutable. */
public final class TransportRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(TransportRegistry.class);

    private static final int MOST_BROKEN = 1000;

    private final Map<String, Mechanism> mechanisms;

    private TransportRegistry(Map<String, Mechanism> mechanisms) {
        this.mechanisms = Collections.unmodifiableMap(mechanisms);
    }

    /** Returns a registry of every mechanism that {@link ServiceLoader} finds on the class path. */
    public static TransportRegistry load() {
        return load(Thread.currentThread().getContextClassLoader());
    }

    /** As {@link #load()}, seen by this class loader. */
    static TransportRegistry load(ClassLoader loader) {
        Map<String, Mechanism> found = new TreeMap<>();
        Iterator<Mechanism> providers =
                ServiceLoader.load(Mechanism.class, loader).iterator();
        int broken = 0;
        // The bound is for a class path that cannot be read at all, which would be told of for ever.
        while (broken < MOST_BROKEN) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                Mechanism mechanism = providers.next();
                Mechanism other = found.putIfAbsent(mechanism.scheme(), mechanism);
                if (other != null) {
                    LOG.warn(
                            "{} and {} both claim the scheme '{}'; the first is used",
                            other.getClass().getName(),
                            mechanism.getClass().getName(),
                            mechanism.scheme());
                }
            } catch (ServiceConfigurationError | LinkageError | RuntimeException failed) {
                // One module that does not load must not take the others with it.
                LOG.warn("a mechanism on the class path cannot be loaded and is left out", failed);
                broken++;
            }
        }
        return new TransportRegistry(found);
    }

    /** Returns a registry of exactly these mechanisms. */
    public static TransportRegistry of(Mechanism... mechanisms) {
        return new TransportRegistry(new TreeMap<>()).with(mechanisms);
    }

    /** Returns this registry with these mechanisms added; each replaces the one that had its scheme. */
    public TransportRegistry with(Mechanism... more) {
        Map<String, Mechanism> all = new TreeMap<>(mechanisms);
        for (Mechanism mechanism : more) {
            all.put(mechanism.scheme(), mechanism);
        }
        return new TransportRegistry(all);
    }

    /** Returns all mechanisms, ordered by scheme. */
    public Collection<Mechanism> mechanisms() {
        return mechanisms.values();
    }

    /** Returns all mechanisms that connect one process with another, ordered by scheme. */
    public List<Transport> transports() {
        List<Transport> transports = new ArrayList<>();
        for (Mechanism mechanism : mechanisms.values()) {
            if (mechanism instanceof Transport transport) {
                transports.add(transport);
            }
        }
        return transports;
    }

    /** Returns the mechanism of a scheme. */
    public Optional<Mechanism> find(String scheme) {
        return Optional.ofNullable(mechanisms.get(scheme));
    }

    /**
     * Returns the transport for an address.
     *
     * @throws InvalidAddressException if no transport here has its scheme
     */
    public Transport transport(Address address) {
        return as(Transport.class, address, "a transport that connects one process with another");
    }

    /**
     * Returns the broadcast transport for an address.
     *
     * @throws InvalidAddressException if no broadcast transport here has its scheme
     */
    public BroadcastTransport broadcast(Address address) {
        return as(BroadcastTransport.class, address, "a broadcast transport");
    }

    /** Listens as {@link Transport#listen} of the address's transport does. */
    public Listener listen(Address address) {
        return transport(address).listen(address);
    }

    /** Connects as {@link Transport#connect} of the address's transport does. */
    public Connection connect(Address address, Duration timeout) {
        return transport(address).connect(address, timeout);
    }

    private <T extends Mechanism> T as(Class<T> kind, Address address, String needed) {
        if (!address.decorators().isEmpty()) {
            throw new InvalidAddressException("address '" + address + "': there is no decorator '"
                    + address.decorators().get(0) + "'");
        }
        Mechanism mechanism = mechanisms.get(address.scheme());
        if (!kind.isInstance(mechanism)) {
            throw new InvalidAddressException(
                    "address '" + address + "': '" + address.scheme() + "' is not the scheme of "
                            + needed + " on this class path; there are: " + schemes(kind)
                            + ". A module that is missing is added as ipckit-<module>.");
        }
        Availability availability = mechanism.availability();
        if (!availability.available()) {
            throw new TransportUnavailableException(address + ": " + availability.reason());
        }
        return kind.cast(mechanism);
    }

    private String schemes(Class<? extends Mechanism> kind) {
        List<String> schemes = mechanisms.values().stream()
                .filter(kind::isInstance)
                .map(Mechanism::scheme)
                .toList();
        return schemes.isEmpty() ? "none" : String.join(", ", schemes);
    }
}
