package org.ipckit.sharedmemory;

import java.nio.file.Path;
import org.ipckit.testkit.AllocationContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class SharedMemoryAllocationTest extends AllocationContract {

    @Override
    protected Transport transport() {
        return new SharedMemoryTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("shm://" + folder.resolve("a"));
    }
}
