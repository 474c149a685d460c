package org.ipckit.benchmarks;

import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Transport;
import org.ipckit.transport.TransportRegistry;

/** All contenders of this class path. The command and the JVMs of a row find the same one by its name. */
final class Contenders {

    private final TransportRegistry registry;
    private final int sizeBytes;
    private final List<Contender> peers;

    /** Makes what is on the class path of a row's JVM. */
    Contenders(TransportRegistry registry, int sizeBytes) {
        this(registry, sizeBytes, List.of());
    }

    /**
     * Makes what the command can choose from.
     *
     * @param peers those that are not on its own class path
     */
    Contenders(TransportRegistry registry, int sizeBytes, List<Contender> peers) {
        this.registry = registry;
        this.sizeBytes = sizeBytes;
        this.peers = List.copyOf(peers);
    }

    /** Returns all: the transports with the variants that have a row of their own, then those that are not ours. */
    List<Contender> all() {
        List<Contender> all = new ArrayList<>();
        for (Transport transport : registry.transports()) {
            all.add(new TransportContender(transport, transport.scheme()));
            for (String options : TransportContender.variants(transport.scheme())) {
                variant(transport, options).ifPresent(all::add);
            }
        }
        all.addAll(others());
        return all;
    }

    private List<Contender> others() {
        List<Contender> others = new ArrayList<>();
        others.add(new RawPipes(sizeBytes));
        others.add(new RawSockets(StandardProtocolFamily.UNIX, sizeBytes));
        others.add(new RawSockets(StandardProtocolFamily.INET, sizeBytes));
        others.add(new RawJedis(registry));
        ServiceLoader.load(Contender.class).forEach(others::add);
        others.addAll(peers);
        others.addAll(TopicContender.all(registry, sizeBytes));
        others.add(new SelfContender(sizeBytes));
        return others;
    }

    /** Returns a transport with each way to wait that is not its usual one; none if the name is not just a scheme. */
    List<Contender> waits(String name) {
        List<Contender> waits = new ArrayList<>();
        for (Transport transport : registry.transports()) {
            if (name.equals(transport.scheme())) {
                for (String options : TransportContender.waits()) {
                    variant(transport, options).ifPresent(waits::add);
                }
            }
        }
        return waits;
    }

    private static Optional<Contender> variant(Transport transport, String options) {
        try {
            return Optional.of(new TransportContender(transport, transport.scheme() + "?" + options));
        } catch (InvalidAddressException notHere) {
            return Optional.empty();
        }
    }

    /** Returns the variants of a transport that have another limit than itself: who asks for it wants to see both. */
    List<Contender> variants(String scheme) {
        return all().stream()
                .filter(contender -> contender.group() == Contender.Group.TRANSPORT)
                .filter(contender -> contender.name().startsWith(scheme + "?"))
                .filter(contender -> !contender.limit().equals(find(scheme).flatMap(Contender::limit)))
                .toList();
    }

    /**
     * Returns the contender of a name, which is that of one of all, or a scheme with any options.
     *
     * @throws InvalidAddressException if the transport does not know one of the options
     */
    Optional<Contender> find(String name) {
        for (Contender other : others()) {
            if (other.name().equals(name)) {
                return Optional.of(other);
            }
        }
        int options = name.indexOf('?');
        return registry.find(options < 0 ? name : name.substring(0, options))
                .filter(Transport.class::isInstance)
                .map(Transport.class::cast)
                .map(transport -> new TransportContender(transport, name));
    }
}
