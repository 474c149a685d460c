package org.ipckit.signals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.DuplexConnection;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.LeaseListener;

/**
 * How the two sides of a connection learn where to send their signals. Each tells the other through the lease which thread
 * takes its signals, and under which number; nobody else's are taken.
 *
 * @param address the address, as this side has it
 * @param options what its options say
 */
record SignalConnections(Address address, SignalOptions options) {

    private static final Pattern GREETING =
            Pattern.compile("ipckit-signal/1 (.{1,128}) end (\\d{1,3}) window (\\d{1,6})");
    private static final String NO_ROOM = "no room: ";

    /** What one side says to the other. */
    private record Greeting(ReceiverPlace place, int end, int window) {

        Message message() {
            return Message.utf8("ipckit-signal/1 " + place + " end " + end + " window " + window);
        }

        static Optional<Greeting> parse(Message said) {
            Matcher words = GREETING.matcher(said.toUtf8());
            return !words.matches()
                    ? Optional.empty()
                    : ReceiverPlace.parse(words.group(1))
                            .map(place -> new Greeting(
                                    place, Integer.parseInt(words.group(2)), Integer.parseInt(words.group(3))))
                            .filter(greeting -> greeting.end >= 1 && greeting.end <= ValueFormat.MOST_ENDS);
        }
    }

    /**
     * Returns the thread that takes signals.
     *
     * @throws MechanismException if there can be none
     */
    Receiver receiver(String operation) {
        try {
            return Receiver.ofThisJvm();
        } catch (IOException refused) {
            throw new MechanismException(operation + " " + address + ": " + refused.getMessage(), refused);
        }
    }

    // ---------------------------------------------------------------- the listener

    /** Returns what the listener does about newcomers. */
    LeaseListener.Host host(Receiver receiver) {
        return hello -> {
            Greeting newcomer = Greeting.parse(hello)
                    .orElseThrow(() -> new AccessDeniedException(
                            "expected ipckit-signal/1 and where its signals are taken, got " + hello));
            SignalTarget target = SignalTarget.open(newcomer.place());
            Exchange exchange = receiver.open(options.maxMessageBytes());
            if (exchange == null) {
                target.close();
                throw new AccessDeniedException(NO_ROOM + allTaken());
            }
            exchange.join(target, newcomer.end(), newcomer.window());
            return new Room(receiver, exchange);
        };
    }

    private static String allTaken() {
        return "all " + ValueFormat.MOST_ENDS + " ends that a process can have are in use";
    }

    /** The end that was opened for a newcomer. */
    private final class Room implements LeaseListener.Welcome {

        private final Receiver receiver;
        private final Exchange exchange;

        Room(Receiver receiver, Exchange exchange) {
            this.receiver = receiver;
            this.exchange = exchange;
        }

        @Override
        public Message answer() {
            return new Greeting(receiver.place(), exchange.end(), receiver.window()).message();
        }

        @Override
        public Connection connection(Lease lease) {
            return connect(exchange, lease);
        }

        @Override
        public void close() {
            exchange.close();
        }
    }

    // ---------------------------------------------------------------- the client

    /** Greets the listener at this file; tries again while either side has no end left. */
    Connection dial(Path file, Duration timeout) {
        Receiver receiver = receiver("connect to");
        // What is known of the listener is said, even if the time is over in the middle of the last attempt.
        String[] noRoom = new String[1];
        return Dialer.retry(address, timeout, deadline -> {
            Exchange exchange = receiver.open(options.maxMessageBytes());
            if (exchange == null) {
                throw new IOException(allTaken());
            }
            boolean connected = false;
            try {
                Connection connection = join(receiver, exchange, file, deadline.remaining());
                connected = true;
                return connection;
            } catch (AccessDeniedException refused) {
                if (refused.getMessage().contains(NO_ROOM)) {
                    noRoom[0] = refused.getMessage();
                    throw new IOException(noRoom[0], refused);
                }
                throw refused;
            } catch (ConnectFailedException cutShort) {
                if (noRoom[0] != null && deadline.expired()) {
                    throw new IOException(noRoom[0], cutShort);
                }
                throw cutShort;
            } finally {
                if (!connected) {
                    exchange.close();
                }
            }
        });
    }

    private Connection join(Receiver receiver, Exchange exchange, Path file, Duration timeout) {
        Message hello = new Greeting(receiver.place(), exchange.end(), receiver.window()).message();
        Lease lease = Lease.connect(address, file, hello, timeout);
        boolean connected = false;
        try {
            Greeting listener = Greeting.parse(lease.answer())
                    .orElseThrow(() -> new CorruptMessageException(
                            "connect to " + address + ": expected where its signals are taken, got " + lease.answer()));
            exchange.join(SignalTarget.open(listener.place()), listener.end(), listener.window());
            Connection connection = connect(exchange, lease);
            connected = true;
            return connection;
        } catch (AccessDeniedException | IOException refused) {
            throw new ConnectFailedException(
                    "connect to " + address + ": the listener cannot be sent signals: " + refused.getMessage(),
                    refused);
        } finally {
            if (!connected) {
                lease.close();
            }
        }
    }

    // ---------------------------------------------------------------- both

    private Connection connect(Exchange exchange, Lease lease) {
        lease.wakes(exchange.untilRoom(), exchange.untilArrival());
        return new DuplexConnection(
                address,
                options.capabilities(),
                options.waitStrategy(),
                new SignalOutbox(exchange, lease),
                exchange.untilRoom(),
                new SignalInbox(exchange, lease),
                exchange.untilArrival(),
                () -> {
                    exchange.close();
                    lease.close();
                },
                lease.peer());
    }
}
