package org.ipckit.peers.chronicle;

import java.nio.file.Path;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;

/** Chronicle Queue without our API: a queue in each direction, whose end is read without rest. */
public final class ChronicleContender implements PeerContender {

    private static final String TO_LISTENER = "to-listener";
    private static final String TO_CONNECTED = "to-connected";

    @Override
    public String name() {
        return "peer-chronicle";
    }

    @Override
    public Entrance listen(Path folder) {
        return Entrance.at(
                folder.toString(),
                () -> new QueueExchange(folder.resolve(TO_CONNECTED), folder.resolve(TO_LISTENER)),
                () -> {
                    // The folder is the row's, and goes with it.
                });
    }

    @Override
    public Exchange connect(String place, boolean batched) {
        Path folder = Path.of(place);
        return new QueueExchange(folder.resolve(TO_LISTENER), folder.resolve(TO_CONNECTED));
    }
}
