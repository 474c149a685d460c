package org.ipckit.pipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class PipeContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new PipeTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("pipe://" + folder.resolve("c"));
    }

    @Override
    protected Optional<WritableByteChannel> strangersDoor(Address listening) {
        try {
            return Optional.of(new Stranger(Path.of(listening.target()))
                    .listens()
                    .asks()
                    .isGreeted()
                    .opens()
                    .greets());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
