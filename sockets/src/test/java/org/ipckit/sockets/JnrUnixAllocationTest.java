package org.ipckit.sockets;

import java.nio.file.Path;
import org.ipckit.testkit.AllocationContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class JnrUnixAllocationTest extends AllocationContract {

    @Override
    protected Transport transport() {
        return new UnixTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("uds://" + folder.resolve("s") + "?provider=jnr");
    }
}
