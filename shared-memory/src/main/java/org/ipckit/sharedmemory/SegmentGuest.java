package org.ipckit.sharedmemory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.PrivateFiles;

/** Greets a listener and maps the segment that it was told of. */
final class SegmentGuest {

    private final Address address;
    private final SharedMemoryOptions options;
    private final Abilities able;

    SegmentGuest(Address address, SharedMemoryOptions options, Abilities able) {
        this.address = address;
        this.options = options;
        this.able = able;
    }

    Connection connect(Duration timeout) {
        Path rendezvous = SegmentFolder.rendezvous(address);
        Hello hello = new Hello(options.capacityBytes(), able);
        return Dialer.retry(
                address,
                timeout,
                deadline -> connect(Lease.connect(address, rendezvous, hello.toMessage(), deadline.remaining())));
    }

    private Connection connect(Lease lease) throws IOException {
        boolean connected = false;
        try {
            requireOurs(lease);
            Answer answer = Answer.of(address, lease.answer());
            Segment segment = Segment.open(answer.segment(), answer.capacityBytes());
            if (options.prefault()) {
                segment.touch();
            }
            Connection connection = SegmentConnection.ofClient(address, options, segment, lease);
            connected = true;
            return connection;
        } catch (CorruptSegmentException strange) {
            throw new CorruptMessageException("connect to " + address + ": " + strange.getMessage(), strange);
        } catch (NoSuchFileException itHasGone) {
            // The listener has ended since, and whoever listens now has removed what it left.
            throw new IOException("the segment " + itHasGone.getMessage() + " has gone", itHasGone);
        } finally {
            if (!connected) {
                lease.close();
            }
        }
    }

    /** What a stranger names is not opened: it might be any file of ours. */
    private void requireOurs(Lease lease) throws IOException {
        long root = 0;
        long user = PrivateFiles.uid();
        boolean ours = lease.peer().stream()
                .flatMapToLong(peer -> peer.uid().stream())
                .anyMatch(uid -> uid == user || uid == root);
        if (!ours) {
            throw new AccessDeniedException("connect to " + address + ": the listener is "
                    + lease.peer().map(Object::toString).orElse("unknown to the kernel")
                    + ", and only this user's own is trusted");
        }
    }
}
