package org.ipckit.chronicle;

import java.io.Closeable;
import java.io.IOException;
import org.ipckit.transport.spi.AddressOwnership;

/** The two queues of a connection as one side has them. Whoever is last to leave removes what nobody needs. */
final class QueuePair implements Closeable {

    private final Place place;
    private final AddressOwnership half;
    private final Incoming incoming;
    private final Outgoing outgoing;

    /**
     * Opens them; the half of the place is this pair's then.
     *
     * @param in the number of the queue to this side
     * @param out the number of the queue to the other side
     */
    QueuePair(Place place, AddressOwnership half, Side side, long in, long out, ConnectionOptions options)
            throws IOException {
        this.place = place;
        this.half = half;
        this.incoming = Uninterrupted.run(() -> new Incoming(place.laneTo(side), in, options.maxMessageBytes()));
        boolean open = false;
        try {
            this.outgoing = Uninterrupted.run(
                    () -> new Outgoing(place.laneTo(side.other()).queue(out), options.rollBytes()));
            open = true;
        } finally {
            if (!open) {
                incoming.close();
            }
        }
    }

    Incoming incoming() {
        return incoming;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    @Override
    public void close() throws IOException {
        Uninterrupted.run(() -> {
            try (incoming;
                    outgoing) {
                // closed in the opposite order
            }
            place.leave(half);
            return place;
        });
    }
}
