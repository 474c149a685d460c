package org.ipckit.signals;

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
 * The options of {@code signal://}.
 *
 * @param waitStrategy {@code wait=}: how this side waits
 * @param maxMessageBytes {@code max-message=}: the largest message sent or taken
 */
record SignalOptions(WaitStrategy waitStrategy, int maxMessageBytes) {

    private static final Set<String> NAMES = Set.of("wait", "max-message");

    static SignalOptions of(Address address) {
        Options options = Options.of(address, NAMES);
        return new SignalOptions(
                options.choice("wait", WaitStrategy.BLOCK),
                options.bytes("max-message", ValueFormat.MOST_BYTES, 1, ValueFormat.MOST_BYTES));
    }

    Capabilities capabilities() {
        return new Capabilities(
                maxMessageBytes,
                0,
                ValueFormat.MOST_ENDS,
                Delivery.RELIABLE,
                WhenFull.WAITS,
                PeerLoss.DETECTED,
                Retention.NONE,
                Reach.MACHINE,
                false);
    }
}
