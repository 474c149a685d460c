package org.ipckit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.TransportRegistry;

/**
 * All that a mechanism says about itself. The components' names are those of the JSON form.
 *
 * @param scheme the scheme of its addresses
 * @param kinds {@code transport}, {@code broadcast} or both
 * @param availability whether it works here
 * @param traits what a person chooses by
 * @param capabilities what it promises at a plain address; null if every address of it needs options
 */
record TransportInfo(
        String scheme, List<String> kinds, Availability availability, Traits traits, Capabilities capabilities) {

    /** A plain address is a name or, for what goes over the network, a host and its port. */
    private static final List<String> PLAIN_TARGETS = List.of("//example", "//127.0.0.1:7000");

    static TransportInfo of(Mechanism mechanism) {
        List<String> kinds = new ArrayList<>();
        if (mechanism instanceof Transport) {
            kinds.add("transport");
        }
        if (mechanism instanceof BroadcastTransport) {
            kinds.add("broadcast");
        }
        return new TransportInfo(
                mechanism.scheme(), kinds, mechanism.availability(), mechanism.traits(), promised(mechanism));
    }

    static List<TransportInfo> all(TransportRegistry registry) {
        return registry.mechanisms().stream().map(TransportInfo::of).toList();
    }

    private static Capabilities promised(Mechanism mechanism) {
        return PLAIN_TARGETS.stream()
                .flatMap(target -> promised(mechanism, target).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<Capabilities> promised(Mechanism mechanism, String target) {
        try {
            return Optional.of(mechanism.capabilities(Address.parse(mechanism.scheme() + ":" + target)));
        } catch (InvalidAddressException notPlain) {
            return Optional.empty();
        }
    }

    String maxMessage() {
        return capabilities == null ? "-" : size(capabilities.maxMessageSize());
    }

    String delivery() {
        return capabilities == null ? "-" : words(capabilities.delivery());
    }

    String whenFull() {
        return capabilities == null ? "-" : words(capabilities.whenFull());
    }

    String peerLoss() {
        return capabilities == null ? "-" : words(capabilities.peerLoss());
    }

    String reach() {
        return capabilities == null ? "-" : words(capabilities.reach());
    }

    /** The facility underneath and what is special about it. */
    String mechanism() {
        StringBuilder text = new StringBuilder(traits.mechanism());
        if (capabilities != null && capabilities.encrypted()) {
            text.append("; encrypted");
        }
        if (capabilities != null && capabilities.retention() == Capabilities.Retention.UNTIL_READ) {
            text.append("; kept until read");
        }
        return text.toString();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String size(int bytes) {
        if (bytes % (1 << 30) == 0) {
            return (bytes >> 30) + " GiB";
        }
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
    }
}
