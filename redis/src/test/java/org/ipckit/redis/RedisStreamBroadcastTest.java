package org.ipckit.redis;

import java.nio.file.Path;
import java.util.UUID;
import org.ipckit.testkit.BroadcastContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;

class RedisStreamBroadcastTest extends BroadcastContract {

    @Override
    protected BroadcastTransport transport() {
        return new RedisStreamTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse(
                "redis-stream://127.0.0.1:" + ContractServer.SERVER.port() + "/stream-" + UUID.randomUUID());
    }

    @Override
    protected Address subscriber(Address topic, int number) {
        // The first reads for itself, as anybody may; the others have names.
        return number == 1 ? topic : topic.withOption("consumer", "consumer" + number);
    }
}
