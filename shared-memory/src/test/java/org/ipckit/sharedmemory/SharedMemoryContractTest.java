package org.ipckit.sharedmemory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class SharedMemoryContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new SharedMemoryTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("shm://" + folder.resolve("c"));
    }

    @Override
    protected Optional<WritableByteChannel> strangersDoor(Address listening) {
        try {
            Stranger stranger = new Stranger(Path.of(listening.target()));
            return Optional.of(stranger.maps(stranger.isWelcome()));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
