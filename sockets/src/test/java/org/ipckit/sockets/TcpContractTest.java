package org.ipckit.sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class TcpContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new TcpTransport();
    }

    /** A port that is free now, rather than port 0: the kit also connects before anybody listens. */
    @Override
    protected Address freshAddress(Path folder) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Address.parse("tcp://127.0.0.1:" + free.getLocalPort());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
