package org.ipckit.chronicle;

import java.io.IOException;
import java.util.List;
import net.openhft.chronicle.core.time.TimeProvider;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;

/**
 * {@code chronicle-queue://NAME?consumer=NAME&from=start|end|last}: durable topics in a Chronicle Queue, which every other
 * program can read and write as one. A consumer that has a name goes on where it has stopped: what it has not done with
 * comes again. There is one consumer of a name at a time. Without a name a subscription reads for itself and nothing is
 * remembered.
 *
 * <p>Options beside {@code wait} and {@code max-message}:
 *
 * <ul>
 *   <li>{@code consumer=NAME}: who reads; the name of a tailer.
 *   <li>{@code from=start}: from the oldest message that is kept, {@code end}: only what comes, {@code last}: where this
 *       consumer has stopped; a new one begins at the end. Default: {@code last} with a name, else {@code end}.
 *   <li>{@code roll=minutely|hourly|daily|weekly}: how often the topic goes on to another file; decided by whoever makes
 *       it, daily by default.
 *   <li>{@code keep=all|unread|7d}: which files before the last one the publisher keeps: all, which is the default, those
 *       that some consumer with a name has yet to read, or those of that time.
 * </ul>
 */
public final class ChronicleQueueTransport implements BroadcastTransport {

    private final TimeProvider time;

    /** Makes it; it holds no state. */
    public ChronicleQueueTransport() {
        this(System::currentTimeMillis);
    }

    /** Makes one whose files roll by this clock. */
    ChronicleQueueTransport(TimeProvider time) {
        this.time = time;
    }

    @Override
    public String scheme() {
        return "chronicle-queue";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return TopicOptions.of(address).capabilities();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "Chronicle Queue, as a topic",
                Trait.yes("the queue; the JVM needs two options"),
                Trait.yes(),
                Trait.no(),
                Trait.no("only programs on a JVM have the library, and it needs options"),
                "folder name",
                "whole messages in mapped files",
                "file access",
                List.of("messages outlive everybody", "a publisher never waits", "one to many"),
                List.of(
                        "a message may come twice",
                        "what is kept fills the disk",
                        "a large library, which needs options of the JVM"));
    }

    @Override
    public Availability availability() {
        return ChronicleJvm.availability();
    }

    @Override
    public Publication publish(Address address) {
        TopicOptions options = options(address);
        try {
            return Uninterrupted.run(() -> TopicPublication.open(Topic.of(address), options, time));
        } catch (IOException refused) {
            throw new MechanismException("publish to " + address + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public Subscription subscribe(Address address) {
        TopicOptions options = options(address);
        try {
            return TopicReader.subscribe(Topic.of(address), options, time);
        } catch (IOException refused) {
            throw new MechanismException("subscribe to " + address + ": " + refused.getMessage(), refused);
        }
    }

    private static TopicOptions options(Address address) {
        TopicOptions options = TopicOptions.of(address);
        ChronicleJvm.require(address);
        return options;
    }
}
