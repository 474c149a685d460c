package org.ipckit.sockets;

import java.nio.file.Path;
import org.ipckit.testkit.AllocationContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class TcpAllocationTest extends AllocationContract {

    @Override
    protected Transport transport() {
        return new TcpTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("tcp://127.0.0.1:0");
    }
}
