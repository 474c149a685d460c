package org.ipckit.redis;

import java.nio.file.Path;
import java.util.UUID;
import org.ipckit.testkit.BroadcastContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;

class RedisBroadcastTest extends BroadcastContract {

    @Override
    protected BroadcastTransport transport() {
        return new RedisTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return ContractServer.SERVER.address("topic-" + UUID.randomUUID());
    }
}
