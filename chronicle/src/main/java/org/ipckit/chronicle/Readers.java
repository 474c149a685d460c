package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.spi.AddressOwnership;

/**
 * Who reads a topic now. Each subscription owns a file of its name as a listener owns its address: there is one consumer of
 * a name at a time, and the kernel takes back what a dead one has owned.
 *
 * @param address the address of the topic, for what is said about it
 * @param folder where the files are
 */
record Readers(Address address, Path folder) {

    private static final String OWNED = ".owner";

    /**
     * Enters the name, or one that nobody else has.
     *
     * @throws AddressInUseException if another process, or this one, reads under this name
     */
    AddressOwnership enter(Optional<String> consumer) {
        if (consumer.isEmpty()) {
            return own("anonymous-" + UUID.randomUUID());
        }
        try {
            return Patience.take(() -> own("consumer-" + consumer.get()));
        } catch (AddressInUseException taken) {
            throw new AddressInUseException(
                    "subscribe to " + address + ": there is one consumer of a name at a time; " + taken.getMessage(),
                    taken);
        }
    }

    private AddressOwnership own(String name) {
        return AddressOwnership.take(address, folder.resolve(name));
    }

    /** Returns how many there are; what dead ones have left is removed. */
    int count() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + OWNED)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                count += isOwned(name.substring(0, name.length() - OWNED.length())) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isOwned(String name) throws IOException {
        try {
            // Of one that has died; closing it removes the file.
            own(name).close();
            return false;
        } catch (AddressInUseException lives) {
            return true;
        }
    }
}
