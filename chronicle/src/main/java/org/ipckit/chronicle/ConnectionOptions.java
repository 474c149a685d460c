package org.ipckit.chronicle;

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
 * The options of {@code chronicle://}.
 *
 * @param waitStrategy {@code wait=}: how this side waits
 * @param maxMessageBytes {@code max-message=}: the largest message sent or taken
 * @param rollBytes {@code roll=}: how much this side writes to one file before it goes on to the next
 */
record ConnectionOptions(WaitStrategy waitStrategy, int maxMessageBytes, int rollBytes) {

    private static final Set<String> NAMES = Set.of("wait", "max-message", "roll");
    private static final int DEFAULT_ROLL = 64 << 20;
    private static final int LEAST_ROLL = 64 << 10;
    private static final int MOST_ROLL = 1 << 30;

    static ConnectionOptions of(Address address) {
        Options options = Options.of(address, NAMES);
        return new ConnectionOptions(
                options.choice("wait", WaitStrategy.BLOCK),
                options.bytes("max-message", Queues.LARGEST_MESSAGE, 1, Queues.LARGEST_MESSAGE),
                options.bytes("roll", DEFAULT_ROLL, LEAST_ROLL, MOST_ROLL));
    }

    Capabilities capabilities() {
        return new Capabilities(
                maxMessageBytes,
                0,
                Integer.MAX_VALUE,
                Delivery.RELIABLE,
                WhenFull.GROWS,
                PeerLoss.DETECTED,
                Retention.UNTIL_READ,
                Reach.MACHINE,
                false);
    }
}
