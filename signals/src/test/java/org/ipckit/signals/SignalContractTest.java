package org.ipckit.signals;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class SignalContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new SignalTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("signal://" + folder.resolve("c"));
    }

    /** Seven bytes for each system call. */
    @Override
    protected int slowness() {
        return 5;
    }
}
