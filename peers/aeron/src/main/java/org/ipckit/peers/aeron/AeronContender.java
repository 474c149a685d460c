package org.ipckit.peers.aeron;

import java.io.IOException;
import java.nio.file.Path;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;

/** Aeron over its IPC channel: a stream in each direction, and the media driver in a process of its own. */
public final class AeronContender implements PeerContender {

    @Override
    public String name() {
        return "peer-aeron";
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        DriverProcess driver = DriverProcess.start(folder);
        return Entrance.at(
                driver.folder().toString(),
                () -> AeronExchange.of(driver.folder(), AeronExchange.TO_CONNECTED, AeronExchange.TO_LISTENER),
                driver::close);
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        return AeronExchange.of(Path.of(place), AeronExchange.TO_LISTENER, AeronExchange.TO_CONNECTED);
    }
}
