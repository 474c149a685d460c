package org.ipckit.pipes;

import java.nio.file.Path;
import org.ipckit.testkit.AllocationContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class PipeAllocationTest extends AllocationContract {

    @Override
    protected Transport transport() {
        return new PipeTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("pipe://" + folder.resolve("p"));
    }
}
