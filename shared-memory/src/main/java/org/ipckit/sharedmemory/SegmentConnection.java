package org.ipckit.sharedmemory;

import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.spi.DuplexConnection;
import org.ipckit.transport.spi.Lease;

/** Puts the two rings of a segment and a lease together to a connection. */
final class SegmentConnection {

    private SegmentConnection() {}

    /** Returns the connection of the side that has made the segment. */
    static Connection ofListener(Address address, SharedMemoryOptions options, Segment segment, Lease lease) {
        return of(
                address,
                options,
                segment,
                lease,
                segment.toClient(),
                segment.toListener(),
                segment.listenerAble(),
                segment.clientAble());
    }

    /** Returns the connection of the side that has opened the segment. */
    static Connection ofClient(Address address, SharedMemoryOptions options, Segment segment, Lease lease) {
        return of(
                address,
                options,
                segment,
                lease,
                segment.toListener(),
                segment.toClient(),
                segment.clientAble(),
                segment.listenerAble());
    }

    private static Connection of(
            Address address,
            SharedMemoryOptions options,
            Segment segment,
            Lease lease,
            Ring outgoing,
            Ring incoming,
            Abilities here,
            Abilities there) {
        boolean futex = here.futex() && there.futex();
        // A barrier of theirs reaches only who has registered for it.
        boolean fenced = !(here.barrier() && there.barrier());
        Bell reader = new Bell(outgoing.readerWaits(), fenced, lease::ring);
        RingOutbox outbox = new RingOutbox(outgoing, reader, lease);
        RingInbox inbox = new RingInbox(
                incoming, new Bell(incoming.writerWaits(), fenced, lease::ring), lease, options.maxMessageBytes());
        RingSleeper untilRoom = new RingSleeper(outgoing.writerWaits(), futex, here.barrier(), outbox, reader);
        RingSleeper untilArrival = new RingSleeper(incoming.readerWaits(), futex, here.barrier(), inbox, reader);
        lease.wakes(untilRoom, untilArrival);
        return new DuplexConnection(
                address,
                options.capabilities(),
                options.waitStrategy(),
                outbox,
                untilRoom,
                inbox,
                untilArrival,
                () -> {
                    // First the goodbye: what was accepted is all in the ring.
                    try (segment) {
                        lease.close();
                    }
                },
                lease.peer());
    }
}
