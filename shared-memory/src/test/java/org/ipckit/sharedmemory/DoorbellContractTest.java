package org.ipckit.sharedmemory;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.Tag;

/** Without anything native: who waits is woken by the socket, and each message costs a fence. */
@Tag("long")
class DoorbellContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new SharedMemoryTransport(Abilities.NONE);
    }

    @Override
    protected Address freshAddress(Path folder) {
        // Small rings, so that what is of more than 4 KiB comes in fragments, with the memory beside the socket.
        return Address.parse("shm://" + folder.resolve("c") + "?capacity=16KiB&dir=" + folder);
    }
}
