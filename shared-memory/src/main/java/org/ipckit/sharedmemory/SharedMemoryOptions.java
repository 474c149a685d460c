package org.ipckit.sharedmemory;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Options;

/**
 * The options of an address.
 *
 * @param waitStrategy {@code wait=}: how this side waits
 * @param capacityBytes {@code capacity=}: the size of each ring; of two sides that ask the larger is taken
 * @param maxMessageBytes {@code max-message=}: the largest message sent or taken
 * @param prefault {@code prefault=}: whether all memory is touched before the first message
 * @param folder {@code dir=}: where a listener makes segments
 */
record SharedMemoryOptions(
        WaitStrategy waitStrategy, int capacityBytes, int maxMessageBytes, boolean prefault, Optional<Path> folder) {

    static final int LEAST_CAPACITY = 4 << 10;

    /** Two of them and the header are what can be mapped at once. */
    static final int MOST_CAPACITY = 512 << 20;

    private static final int USUAL_CAPACITY = 1 << 20;
    private static final int MOST_MESSAGE = 1 << 30;
    private static final Set<String> NAMES = Set.of("wait", "capacity", "max-message", "prefault", "dir");

    static SharedMemoryOptions of(Address address) {
        Options options = Options.of(address, NAMES);
        int capacity = options.bytes("capacity", USUAL_CAPACITY, LEAST_CAPACITY, MOST_CAPACITY);
        if (Integer.bitCount(capacity) != 1) {
            throw new InvalidAddressException(
                    address + ": option 'capacity' is " + capacity + " bytes, expected a power of two, such as 1MiB");
        }
        return new SharedMemoryOptions(
                options.choice("wait", WaitStrategy.BLOCK),
                capacity,
                options.bytes("max-message", Capabilities.DEFAULT_MAX_MESSAGE, 1, MOST_MESSAGE),
                options.flag("prefault", true),
                address.option("dir").map(folder -> folder(address, folder)));
    }

    private static Path folder(Address address, String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (java.nio.file.InvalidPathException notInThisLocale) {
            throw new InvalidAddressException(
                    address + ": option 'dir' is not a path here: " + notInThisLocale.getReason(), notInThisLocale);
        }
    }

    /** Returns what a connection with these options promises. */
    Capabilities capabilities() {
        return Capabilities.reliable(maxMessageBytes)
                .inPlace(Math.min(maxMessageBytes, Layout.longestRecord(capacityBytes)));
    }
}
