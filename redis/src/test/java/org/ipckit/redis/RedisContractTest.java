package org.ipckit.redis;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class RedisContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new RedisTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return ContractServer.SERVER.address(folder.getParent().getFileName() + "-" + folder.getFileName());
    }
}
