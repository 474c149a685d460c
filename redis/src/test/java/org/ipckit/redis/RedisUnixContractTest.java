package org.ipckit.redis;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.Tag;

/** The same code as {@code redis://} but for the socket to the server. */
@Tag("long")
class RedisUnixContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new RedisUnixTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("redis-unix://" + ContractServer.SERVER.socket() + "?channel="
                + folder.getParent().getFileName() + "-" + folder.getFileName());
    }
}
