package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.spi.AddressOwnership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one connection keeps its queues. Each side that lives owns its half of the place as a listener owns its address,
 * and the kernel takes that back from one that dies; what nobody owns is anybody's to clean up.
 *
 * @param address the address, for what is said about it
 * @param folder the folder of this connection
 */
record Place(Address address, Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    Lane laneTo(Side side) {
        return new Lane(folder.resolve(side.lane()));
    }

    /**
     * Takes one half.
     *
     * @throws AddressInUseException if somebody has it
     */
    AddressOwnership own(Side side) {
        return AddressOwnership.take(address, folder.resolve(side.toString()));
    }

    /** Does something while both halves are ours. */
    @FunctionalInterface
    interface Cleaning {
        /**
         * Does it.
         *
         * @param listenerHalf closed afterwards, unless it is taken over
         * @return true if the half of the listener is taken over
         */
        boolean with(AddressOwnership listenerHalf) throws IOException;
    }

    /** Does something if nobody uses this place. */
    void ifUnused(Cleaning cleaning) throws IOException {
        AddressOwnership listenerHalf = null;
        boolean kept = false;
        // Always in this order: of two that clean up at a time one has both.
        try {
            listenerHalf = own(Side.LISTENER);
            try (AddressOwnership clientHalf = own(Side.CLIENT)) {
                LOG.trace("{} and {} are ours", listenerHalf, clientHalf);
                kept = cleaning.with(listenerHalf);
            }
        } catch (AddressInUseException somebodyLives) {
            LOG.debug("{} is in use", folder);
        } catch (org.ipckit.transport.AccessDeniedException gone) {
            if (Files.exists(folder)) {
                throw gone;
            }
        } finally {
            if (listenerHalf != null && !kept) {
                listenerHalf.close();
            }
            Folders.deleteIfEmpty(folder);
        }
    }

    /** Removes the queues in which nothing is unread; returns true if there are others. */
    boolean keepsUnread() throws IOException {
        boolean unread = false;
        for (Side side : Side.values()) {
            Lane lane = laneTo(side);
            for (long number : lane.numbers()) {
                unread |= keepsUnread(lane, number);
            }
            Folders.deleteIfEmpty(lane.folder());
        }
        return unread;
    }

    private static boolean keepsUnread(Lane lane, long number) throws IOException {
        try {
            boolean unread = Incoming.hasUnread(lane.queue(number));
            if (!unread) {
                lane.remove(number);
            }
            return unread;
        } catch (DamagedQueueException damaged) {
            LOG.warn("{}; it is kept as {}", damaged.getMessage(), lane.keepAside(number));
            return false;
        }
    }

    /** Gives this half back, and removes what nobody uses and nobody needs. */
    void leave(AddressOwnership half) throws IOException {
        half.close();
        ifUnused(listenerHalf -> {
            keepsUnread();
            return false;
        });
        Folders.deleteIfEmpty(folder.getParent());
    }
}
