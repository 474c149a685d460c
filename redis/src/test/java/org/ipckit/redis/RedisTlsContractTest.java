package org.ipckit.redis;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.Tag;

@Tag("long")
class RedisTlsContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new RedisTlsTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return TlsKeys.ofThisJvm()
                .trusted(Address.parse("rediss://127.0.0.1:" + ContractServer.Tls.SERVER.port() + "/"
                        + folder.getParent().getFileName() + "-" + folder.getFileName()));
    }
}
