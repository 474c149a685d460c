package org.ipckit.chronicle;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Capabilities.PeerLoss;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Capabilities.Retention;
import org.ipckit.transport.Capabilities.WhenFull;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Options;

/**
 * The options of {@code chronicle-queue://}.
 *
 * @param waitStrategy {@code wait=}: how a subscription waits
 * @param maxMessageBytes {@code max-message=}: the largest message published or taken
 * @param consumer {@code consumer=}: the name of who reads
 * @param from {@code from=}: where to begin
 * @param roll {@code roll=}: how often the topic goes on to another file
 * @param keep {@code keep=}: which of the files before that the publisher keeps
 */
record TopicOptions(
        WaitStrategy waitStrategy,
        int maxMessageBytes,
        Optional<String> consumer,
        From from,
        Optional<Roll> roll,
        Keep keep) {

    /** Where to begin. */
    enum From {
        START,
        END,
        LAST
    }

    private static final Set<String> NAMES = Set.of("wait", "max-message", "consumer", "from", "roll", "keep");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    static TopicOptions of(Address address) {
        Options options = Options.of(address, NAMES);
        Optional<String> consumer = address.option("consumer");
        if (consumer.isPresent() && !NAME.matcher(consumer.get()).matches()) {
            throw new InvalidAddressException(address + ": option 'consumer' is '" + consumer.get()
                    + "', expected a name of letters, digits, '.', '_' and '-'");
        }
        From from = options.choice("from", consumer.isPresent() ? From.LAST : From.END);
        if (from == From.LAST && consumer.isEmpty()) {
            throw new InvalidAddressException(
                    address + ": from=last needs consumer=NAME, by which the queue remembers what was read");
        }
        return new TopicOptions(
                options.choice("wait", WaitStrategy.BLOCK),
                options.bytes("max-message", Queues.LARGEST_MESSAGE, 1, Queues.LARGEST_MESSAGE),
                consumer,
                from,
                options.has("roll") ? Optional.of(options.choice("roll", Roll.DAILY)) : Optional.empty(),
                Keep.of(address, options.text("keep", "all")));
    }

    Capabilities capabilities() {
        return new Capabilities(
                maxMessageBytes,
                0,
                Integer.MAX_VALUE,
                Delivery.AT_LEAST_ONCE,
                WhenFull.GROWS,
                PeerLoss.INFERRED,
                Retention.UNTIL_READ,
                Reach.MACHINE,
                false);
    }
}
