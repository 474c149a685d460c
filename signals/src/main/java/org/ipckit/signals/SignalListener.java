package org.ipckit.signals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.LeaseListener;
import org.ipckit.transport.spi.PrivateFiles;

/**
 * The listener, with a file beside its address that says which thread of which process takes its signals:
 * {@code NAME.signal.receiver}. People and tools read it; a peer is told through the lease, which cannot be stale.
 */
final class SignalListener implements Listener {

    private static final int MOST_BYTES = 256;

    private final LeaseListener lease;
    private final Path place;
    private final AtomicBoolean closing = new AtomicBoolean();

    private SignalListener(LeaseListener lease, Path place) {
        this.lease = lease;
        this.place = place;
    }

    /** Takes the listener over; it is closed if this fails. */
    static SignalListener over(LeaseListener lease, Path file, ReceiverPlace receiver) {
        Path place = file.resolveSibling(file.getFileName() + ".receiver");
        boolean written = false;
        try {
            requireOurs(lease.address(), place);
            write(place, receiver);
            written = true;
            return new SignalListener(lease, place);
        } catch (IOException refused) {
            throw new MechanismException("listen on " + lease.address() + ": " + refused.getMessage(), refused);
        } finally {
            if (!written) {
                lease.close();
            }
        }
    }

    /** What a listener that was killed has left is replaced; the address is ours. */
    private static void requireOurs(Address address, Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean small = Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && Files.size(place) <= MOST_BYTES;
        if (!small
                || ReceiverPlace.parse(Files.readString(place, StandardCharsets.ISO_8859_1)
                                .strip())
                        .isEmpty()) {
            throw new AddressInUseException("listen on " + address + ": " + place
                    + " was not made by a listener and is left alone; remove it or choose another path");
        }
    }

    private static void write(Path place, ReceiverPlace receiver) throws IOException {
        Path fresh = place.resolveSibling(place.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PrivateFiles.mode());
        Files.writeString(fresh, receiver + "\n");
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Address address() {
        return lease.address();
    }

    @Override
    public Optional<Connection> accept(Duration timeout) {
        return lease.accept(timeout);
    }

    @Override
    public void close() {
        // Before the address is free: afterwards the file may be the next listener's.
        try {
            if (closing.compareAndSet(false, true)) {
                Files.deleteIfExists(place);
            }
        } catch (IOException refused) {
            throw new MechanismException("close of " + address() + ": " + refused.getMessage(), refused);
        } finally {
            lease.close();
        }
    }

    @Override
    public String toString() {
        return lease.toString();
    }
}
