package org.ipckit.cli.choose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Mechanism;

/** Addresses to begin with. What a mechanism takes for one it says itself. */
final class Beginnings {

    /** The option that says how a side waits. */
    static final String WAIT = "wait";

    private static final String NAME = "//hello";
    private static final String HOST = "//127.0.0.1:7000";

    /** A server of one's own, one that runs, and the name of its socket. */
    private static final List<String> SERVED = List.of("//embedded/hello", "//127.0.0.1/hello", NAME);

    private Beginnings() {}

    /** Returns those of a mechanism, with the options that the needs ask for; the one to prefer first. */
    static List<Address> of(Mechanism mechanism, Needs needs) {
        List<Address> all = new ArrayList<>();
        for (String target : targets(mechanism)) {
            address(mechanism, target).ifPresent(plain -> {
                Address address = largeEnough(mechanism, plain, needs.sizeBytes());
                if (needs.cpu() == Needs.Cpu.SPARE) {
                    with(mechanism, address, WAIT, "spin").ifPresent(all::add);
                }
                all.add(address);
            });
        }
        return all;
    }

    private static List<String> targets(Mechanism mechanism) {
        if (mechanism.traits().needsService().holds()) {
            return SERVED;
        }
        boolean byHost = address(mechanism, HOST)
                .filter(address -> mechanism.capabilities(address).reach() == Reach.NETWORK)
                .isPresent();
        return List.of(byHost ? HOST : NAME);
    }

    private static Address largeEnough(Mechanism mechanism, Address address, int sizeBytes) {
        return mechanism.capabilities(address).maxMessageSize() >= sizeBytes
                ? address
                : with(mechanism, address, "max-message", Integer.toString(sizeBytes))
                        .orElse(address);
    }

    private static Optional<Address> address(Mechanism mechanism, String target) {
        return accepted(mechanism, Address.parse(mechanism.scheme() + ":" + target));
    }

    private static Optional<Address> with(Mechanism mechanism, Address address, String option, String value) {
        return accepted(mechanism, address.withOption(option, value));
    }

    private static Optional<Address> accepted(Mechanism mechanism, Address address) {
        try {
            mechanism.capabilities(address);
            return Optional.of(address);
        } catch (InvalidAddressException notOneOfIts) {
            return Optional.empty();
        }
    }
}
