package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ipckit.transport.Address;
import org.ipckit.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes newcomers in and carries all their handshakes on, on one daemon thread: so {@code connect} need not wait for
 * {@code accept}, and a silent stranger holds nobody up.
 */
final class Reception implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final int MOST_GUESTS = 64;
    private static final long REST_AFTER_FAILURE_MILLIS = 50;

    private final Address address;
    private final Acceptor acceptor;
    private final Optional<AuthKey> authKey;
    private final Consumer<ByteStream> finished;
    private final BooleanSupplier room;
    private final Selector selector;
    private final SelectionKey arrivals;
    private final int arrival;
    private final List<Guest> guests = new ArrayList<>();
    private final Thread thread;
    private final ReentrantLock waking = new ReentrantLock();
    private volatile boolean closed;

    /**
     * @param finished told of each stream whose handshake is finished
     * @param room whether there is room for another finished one
     */
    Reception(
            Address address,
            Acceptor acceptor,
            Optional<AuthKey> authKey,
            Consumer<ByteStream> finished,
            BooleanSupplier room)
            throws IOException {
        this.address = address;
        this.acceptor = acceptor;
        this.authKey = authKey;
        this.finished = finished;
        this.room = room;
        this.arrival = acceptor.channel().validOps() & (SelectionKey.OP_ACCEPT | SelectionKey.OP_READ);
        this.selector = acceptor.channel().provider().openSelector();
        try {
            this.arrivals = acceptor.channel().register(selector, arrival);
        } catch (IOException | RuntimeException refused) {
            selector.close();
            throw refused;
        }
        this.thread = Daemons.thread("listener " + address, this::run);
    }

    void start() {
        thread.start();
    }

    /** Told when there may be room again. */
    void lookAgain() {
        wake(false);
    }

    private void wake(boolean closes) {
        // Never after it is closed: some selectors write to a descriptor, which may be another file's by then.
        waking.lock();
        try {
            if (!closed) {
                closed = closes;
                selector.wakeup();
            }
        } finally {
            waking.unlock();
        }
    }

    private void run() {
        while (!closed) {
            try {
                arrivals.interestOps(hasPlaces() ? arrival : 0);
                selector.select(millisToNextDeadline());
                selector.selectedKeys().clear();
                try {
                    takeIn();
                } finally {
                    // Also when nobody can be taken in: seeing guests off may be what makes it possible again.
                    seeOff();
                }
            } catch (IOException | RuntimeException failed) {
                if (!closed) {
                    LOG.warn("listen on {}: {}; the listener goes on", address, failed.toString());
                    rest();
                }
            }
        }
    }

    private void takeIn() throws IOException {
        while (!closed && hasPlaces()) {
            try {
                Newcomer newcomer = acceptor.accept();
                if (newcomer == null) {
                    return;
                }
                guests.add(new Guest(address, selector, withKey(newcomer)));
            } catch (TransportException refused) {
                LOG.info("listen on {}: a newcomer is sent away: {}", address, refused.getMessage());
            }
        }
    }

    private Newcomer withKey(Newcomer newcomer) {
        return authKey.map(key -> newcomer.then(AuthKeyHandshake.ofListener(address, newcomer.stream(), key)))
                .orElse(newcomer);
    }

    /** Carries every handshake on and parts with those that are over. */
    private void seeOff() throws IOException {
        List<Guest> over = new ArrayList<>();
        for (Iterator<Guest> each = guests.iterator(); each.hasNext(); ) {
            Guest guest = each.next();
            if (guest.isOver()) {
                each.remove();
                over.add(guest);
            }
        }
        if (!over.isEmpty()) {
            // Only a select takes a channel off this selector for good, and only then can its next owner close it.
            selector.selectNow();
            selector.selectedKeys().clear();
        }
        for (Guest guest : over) {
            guest.admitted().ifPresent(finished);
        }
    }

    private boolean hasPlaces() {
        return guests.size() < MOST_GUESTS && room.getAsBoolean();
    }

    private long millisToNextDeadline() {
        long nanos = Long.MAX_VALUE;
        for (Guest guest : guests) {
            nanos = Math.min(nanos, guest.remainingNanos());
        }
        return nanos == Long.MAX_VALUE ? 0 : nanos / 1_000_000 + 1;
    }

    private static void rest() {
        try {
            Thread.sleep(REST_AFTER_FAILURE_MILLIS);
        } catch (InterruptedException asksToEnd) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        wake(true);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        guests.forEach(Guest::sendAway);
        selector.close();
    }
}
