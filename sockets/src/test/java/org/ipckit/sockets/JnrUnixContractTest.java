package org.ipckit.sockets;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class JnrUnixContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new UnixTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("uds://" + folder.resolve("s") + "?provider=jnr");
    }
}
