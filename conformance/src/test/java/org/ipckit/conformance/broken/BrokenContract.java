package org.ipckit.conformance.broken;

import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.conformance.example.PortDoor;
import org.ipckit.testkit.Rule;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

/** The contract of the transport that breaks the rule in the system property; a far end in another JVM has it too. */
class BrokenContract extends TransportContract {

    static final String PROPERTY = "ipckit.broken";

    @Override
    protected Transport transport() {
        String rule = System.getProperty(PROPERTY);
        return rule == null ? new BrokenTransport() : BrokenTransports.of(Rule.valueOf(rule));
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("port://" + folder.resolve("c"));
    }

    @Override
    protected Optional<WritableByteChannel> strangersDoor(Address listening) {
        return Optional.of(PortDoor.open(listening));
    }
}
