package org.ipckit.pipes;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.OptionalInt;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.Options;

/**
 * {@code pipe-size=}: how many bytes the system keeps between writer and reader. Each side asks for both FIFOs when it
 * opens them, the writer of each last.
 *
 * @param bytes what is asked for; empty leaves it to the system, which gives 64 KiB
 */
record PipeSize(OptionalInt bytes) {

    static final String OPTION = "pipe-size";

    private static final int PAGE_BYTES = 4096;
    private static final String LIMIT_FILE = "/proc/sys/fs/pipe-max-size";

    /**
     * Reads it.
     *
     * @throws InvalidAddressException if it is more than the system allows
     */
    static PipeSize of(Address address, Options options) {
        if (!options.has(OPTION)) {
            return new PipeSize(OptionalInt.empty());
        }
        int bytes = options.bytes(OPTION, 0, PAGE_BYTES, 1 << 30);
        int limit = limit(address);
        if (bytes > limit) {
            throw new InvalidAddressException(address + ": option '" + OPTION + "' is " + bytes
                    + " bytes, this system allows at most " + limit + " (" + LIMIT_FILE + ")");
        }
        return new PipeSize(OptionalInt.of(bytes));
    }

    private static int limit(Address address) {
        // A stream, because these files have no size and Files.readString believes that.
        try (FileInputStream file = new FileInputStream(LIMIT_FILE)) {
            return Integer.parseInt(new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException unreadable) {
            throw new MechanismException(
                    address + ": option '" + OPTION + "': " + LIMIT_FILE + " cannot be read: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    /**
     * Gives a FIFO this size.
     *
     * @throws MechanismException if the system refuses
     */
    void applyTo(Address address, FifoEnd end) throws IOException {
        if (bytes.isEmpty()) {
            return;
        }
        try {
            end.resize(bytes.getAsInt());
        } catch (AccessDeniedException quota) {
            throw new MechanismException(
                    address + ": option '" + OPTION + "': the system refuses " + bytes.getAsInt()
                            + " bytes: this user's pipes hold too much already"
                            + " (/proc/sys/fs/pipe-user-pages-soft) or the limit has changed (" + LIMIT_FILE + ")",
                    quota);
        }
    }
}
