package org.ipckit.sharedmemory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.spi.LeaseListener;

/**
 * {@code shm://}: two rings in memory that both processes have mapped, between processes of one user.
 *
 * <p>Options: {@code capacity} is the size of each ring, a power of two, 1 MiB by default, and of two sides that ask the
 * larger is taken; {@code wait} is {@code block}, {@code backoff} or {@code spin}; {@code max-message} the largest
 * message, 16 MiB by default; {@code prefault=false} leaves the memory untouched until it is used; {@code dir} is the
 * folder in which a listener makes the memory, a private one in {@code /dev/shm} by default.
 */
public final class SharedMemoryTransport implements Transport {

    private final Abilities able;

    /** Makes the transport. */
    public SharedMemoryTransport() {
        this(Abilities.here());
    }

    /** Makes one that uses less than there is. */
    SharedMemoryTransport(Abilities able) {
        this.able = able;
    }

    @Override
    public String scheme() {
        return "shm";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return SharedMemoryOptions.of(address).capabilities();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "rings in mapped memory",
                Trait.no("Linux; elsewhere without the system's own waiting"),
                Trait.yes("the socket where both sides meet; the memory has no name once they have"),
                Trait.no(),
                Trait.no(),
                "a path in the file system",
                "records in memory, published by a word in place",
                "the mode of the file; the peer's user as the kernel reports it",
                List.of(
                        "nothing is faster",
                        "messages are written and read in place",
                        "the kernel reports a dead peer"),
                List.of("one machine only", "limited size", "difficult to code well with the system's own means"));
    }

    @Override
    public Availability availability() {
        if (!able.futex()) {
            return Availability.degraded(
                    "who waits is woken through a socket, not a futex: " + LinuxCalls.reasonWhyNot());
        }
        if (!able.barrier()) {
            return Availability.degraded("each message costs a fence: the system refuses membarrier");
        }
        return Availability.yes();
    }

    @Override
    public Listener listen(Address address) {
        SharedMemoryOptions options = SharedMemoryOptions.of(address);
        Path rendezvous = SegmentFolder.rendezvous(address);
        SegmentFolder folder = SegmentFolder.of(options, rendezvous);
        return LeaseListener.listen(
                address, rendezvous, new SegmentHost(address, options, folder, able), folder::removeLeftovers);
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        SharedMemoryOptions options = SharedMemoryOptions.of(address);
        return new SegmentGuest(address, options, able).connect(timeout);
    }
}
