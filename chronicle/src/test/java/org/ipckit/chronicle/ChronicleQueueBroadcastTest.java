package org.ipckit.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipckit.testkit.BroadcastContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;

class ChronicleQueueBroadcastTest extends BroadcastContract {

    @Override
    protected BroadcastTransport transport() {
        return new ChronicleQueueTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        try {
            return Address.parse(
                    "chronicle-queue://" + Files.createDirectories(folder).resolve("topic"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    protected Address subscriber(Address topic, int number) {
        // The first reads for itself, as anybody may; the others have names.
        return number == 1 ? topic : topic.withOption("consumer", "consumer" + number);
    }
}
