package org.ipckit.conformance.example;

import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class PortContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new PortTransport();
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
