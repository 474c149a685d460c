package org.ipckit.peers.aeron;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;

/** Aeron over its IPC channel: a stream in each direction, and the media driver in a process of its own. */
public final class AeronContender implements PeerContender {

    private final AeronConnections connecting =
            new AeronConnections(AeronExchange.TO_LISTENER, AeronExchange.TO_CONNECTED);

    @Override
    public String name() {
        return "peer-aeron";
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.empty();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        DriverProcess driver = DriverProcess.start(folder);
        AeronConnections accepting = new AeronConnections(AeronExchange.TO_CONNECTED, AeronExchange.TO_LISTENER);
        return Entrance.at(driver.folder().toString(), () -> accepting.next(driver.folder()), driver::close);
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        return connecting.next(Path.of(place));
    }
}
