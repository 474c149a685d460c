package org.ipckit.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Capabilities.PeerLoss;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Capabilities.Retention;
import org.ipckit.transport.Capabilities.WhenFull;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Options;

/**
 * The options of {@code jsonfile://}.
 *
 * @param waitStrategy {@code wait=}: how this side waits
 * @param maxMessageBytes {@code max-message=}: the largest message sent or taken
 * @param wantedFormat {@code format=}: how the file is written, if that is said
 * @param durable {@code durable=}: whether what this side writes outlives a loss of power
 * @param notice {@code notice=}: how this side learns that the file has changed
 */
record FileOptions(
        WaitStrategy waitStrategy, int maxMessageBytes, Optional<Format> wantedFormat, boolean durable, Notice notice) {

    private static final Set<String> NAMES = Set.of("wait", "max-message", "format", "durable", "notice");
    private static final int DEFAULT_MAX_MESSAGE = 1 << 20;

    /** How to learn that a file has changed. */
    enum Notice {
        /** The system reports it, or where it does not, one has to look. */
        EVENTS,
        /** One looks again and again. */
        POLL
    }

    static FileOptions of(Address address) {
        Options options = Options.of(address, NAMES);
        return new FileOptions(
                options.choice("wait", WaitStrategy.BLOCK),
                options.bytes("max-message", DEFAULT_MAX_MESSAGE, 1, Lane.LARGEST_MESSAGE),
                options.has("format") ? Optional.of(options.choice("format", Format.JSON)) : Optional.empty(),
                options.flag("durable", false),
                options.choice("notice", Notice.EVENTS));
    }

    Format format() {
        return wantedFormat.orElse(Format.JSON);
    }

    Capabilities capabilities() {
        return new Capabilities(
                maxMessageBytes,
                0,
                Integer.MAX_VALUE,
                Delivery.RELIABLE,
                WhenFull.WAITS,
                PeerLoss.DETECTED,
                Retention.UNTIL_READ,
                Reach.MACHINE,
                false);
    }

    FileWatch watch(Path file) throws IOException {
        return notice == Notice.EVENTS ? FileWatch.of(file) : FileWatch.byLooking(file);
    }
}
