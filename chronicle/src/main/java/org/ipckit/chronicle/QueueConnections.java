package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.DuplexConnection;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.LeaseListener;
import org.ipckit.transport.spi.ThreadSleeper;

/**
 * How the two sides of a connection come to their queues. The client greets the listener, which answers the numbers of the
 * place, of the queue to the listener and of the queue to the client.
 *
 * @param address the address, as this side has it
 * @param options what its options say
 */
record QueueConnections(Address address, ConnectionOptions options) {

    private static final Message GREETING = Message.utf8("ipckit-chronicle/1");
    private static final Pattern ANSWER = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18})");

    // ---------------------------------------------------------------- the listener

    /** Returns what the listener does about newcomers. */
    LeaseListener.Host host(Places places) {
        return hello -> {
            if (!hello.equals(GREETING)) {
                throw new AccessDeniedException("expected " + GREETING.toUtf8() + ", got " + hello);
            }
            Places.Taken taken = places.take();
            boolean made = false;
            try {
                long toListener = taken.place().laneTo(Side.LISTENER).add();
                long toClient = taken.place().laneTo(Side.CLIENT).add();
                made = true;
                return new Room(taken, toListener, toClient);
            } finally {
                if (!made) {
                    taken.place().leave(taken.half());
                }
            }
        };
    }

    /** The queues that were numbered for a newcomer. */
    private final class Room implements LeaseListener.Welcome {

        private final Places.Taken taken;
        private final long toListener;
        private final long toClient;

        Room(Places.Taken taken, long toListener, long toClient) {
            this.taken = taken;
            this.toListener = toListener;
            this.toClient = toClient;
        }

        @Override
        public Message answer() {
            return Message.utf8(taken.number() + " " + toListener + " " + toClient);
        }

        @Override
        public Connection connection(Lease lease) throws IOException {
            return connect(
                    new QueuePair(taken.place(), taken.half(), Side.LISTENER, toListener, toClient, options), lease);
        }

        @Override
        public void close() throws IOException {
            taken.place().leave(taken.half());
        }
    }

    // ---------------------------------------------------------------- the client

    /** Greets the listener at this file, and uses the queues that it answers. */
    Connection dial(Path file, Duration timeout) {
        Lease lease = Lease.connect(address, file, GREETING, timeout);
        boolean connected = false;
        try {
            Matcher answer = ANSWER.matcher(lease.answer().toUtf8());
            if (!answer.matches()) {
                throw new CorruptMessageException(
                        "connect to " + address + ": expected three numbers, got " + lease.answer());
            }
            Connection connection = connect(Uninterrupted.run(() -> join(file, answer)), lease);
            connected = true;
            return connection;
        } catch (IOException refused) {
            throw new ConnectFailedException(
                    "connect to " + address + ": the listener's queues cannot be used: " + refused.getMessage(),
                    refused);
        } finally {
            if (!connected) {
                lease.close();
            }
        }
    }

    private QueuePair join(Path file, Matcher answer) throws IOException {
        Place place = Places.place(address, file, Long.parseLong(answer.group(1)));
        AddressOwnership half = ownHalf(place);
        boolean joined = false;
        try {
            QueuePair queues = new QueuePair(
                    place,
                    half,
                    Side.CLIENT,
                    Long.parseLong(answer.group(3)),
                    Long.parseLong(answer.group(2)),
                    options);
            joined = true;
            return queues;
        } finally {
            if (!joined) {
                place.leave(half);
            }
        }
    }

    private static AddressOwnership ownHalf(Place place) throws IOException {
        try {
            return Patience.take(() -> place.own(Side.CLIENT));
        } catch (AddressInUseException | AccessDeniedException gone) {
            throw new IOException("it has taken the connection back", gone);
        }
    }

    // ---------------------------------------------------------------- both

    private Connection connect(QueuePair queues, Lease lease) {
        ThreadSleeper untilRung = new ThreadSleeper();
        lease.wakes(untilRung);
        QueueInbox inbox = new QueueInbox(address, queues.incoming(), lease, options.maxMessageBytes());
        return new DuplexConnection(
                address,
                options.capabilities(),
                options.waitStrategy(),
                new QueueOutbox(address, queues.outgoing(), lease),
                new ThreadSleeper(),
                inbox,
                new AnnouncedSleep(queues.incoming()::sayAsleep, inbox, untilRung),
                () -> {
                    // The queues first: who hears that this side has gone is the last to leave.
                    try (lease;
                            queues) {
                        return;
                    }
                },
                lease.peer());
    }
}
