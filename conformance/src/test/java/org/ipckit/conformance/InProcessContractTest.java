package org.ipckit.conformance;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;
import org.ipckit.transport.inproc.InProcessTransport;

class InProcessContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new InProcessTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("inproc://kit" + folder.toString().replace("/", "-"));
    }
}
