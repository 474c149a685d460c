package org.ipckit.chronicle;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class ChronicleContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new ChronicleTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("chronicle://" + folder.resolve("c"));
    }
}
