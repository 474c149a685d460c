package org.ipckit.files;

import java.nio.file.Path;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class JsonFileContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new JsonFileTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("jsonfile://" + folder.resolve("c"));
    }

    /** Each message replaces the file. */
    @Override
    protected int slowness() {
        return 10;
    }
}
