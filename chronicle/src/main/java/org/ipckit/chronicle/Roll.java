package org.ipckit.chronicle;

import java.nio.file.Path;
import java.util.Optional;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/** How often a topic goes on to another file. */
enum Roll {
    MINUTELY,
    HOURLY,
    DAILY,
    WEEKLY;

    RollCycle cycle() {
        return switch (this) {
            case MINUTELY -> LegacyRollCycles.MINUTELY;
            case HOURLY -> RollCycles.FAST_HOURLY;
            case DAILY -> RollCycles.FAST_DAILY;
            case WEEKLY -> RollCycles.WEEKLY;
        };
    }

    /**
     * Returns the cycle of the topic in a folder, which whoever made it has decided.
     *
     * @throws InvalidAddressException if another one is wanted
     */
    static RollCycle of(Address address, Optional<Roll> wanted, Optional<String> format, Path folder) {
        RollCycle otherwise = wanted.orElse(DAILY).cycle();
        if (format.isEmpty() || format.get().equals(otherwise.format())) {
            return otherwise;
        }
        if (wanted.isPresent()) {
            throw new InvalidAddressException(address + ": the files of " + folder + " are named " + format.get()
                    + ", with roll= as it is here they would be named " + otherwise.format());
        }
        for (RollCycle each : RollCycles.all()) {
            if (each.format().equals(format.get())) {
                return each;
            }
        }
        throw new InvalidAddressException(
                address + ": the files of " + folder + " are named " + format.get() + ", which is not known here");
    }
}
