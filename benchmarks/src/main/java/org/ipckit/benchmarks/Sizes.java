package org.ipckit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.spi.Options;

/** Sizes of messages as people write them: {@code 64}, {@code 1KiB}, {@code 1MiB}; as in an option of an address. */
public final class Sizes {

    private static final String NAME = "size";
    private static final int UNIT = 1024;

    private Sizes() {}

    /**
     * Reads sizes, leaving out what was named before.
     *
     * @throws IllegalArgumentException if one of them is none, or of no message
     */
    public static List<Integer> parse(List<String> texts) {
        List<Integer> sizes = new ArrayList<>();
        for (String text : texts) {
            int size = parse(text);
            if (!sizes.contains(size)) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    private static int parse(String text) {
        try {
            Address address = Address.parse("size://one").withOption(NAME, text.strip());
            return Options.of(address, Set.of(NAME)).bytes(NAME, 0, 0, Integer.MAX_VALUE);
        } catch (InvalidAddressException notASize) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no size; sizes are written as 64, 1KiB or 1MiB", notASize);
        }
    }

    /** Writes a size as short as it goes. */
    public static String text(int bytes) {
        if (bytes > 0 && bytes % (UNIT * UNIT) == 0) {
            return bytes / (UNIT * UNIT) + "MiB";
        }
        return bytes > 0 && bytes % UNIT == 0 ? bytes / UNIT + "KiB" : Integer.toString(bytes);
    }
}
