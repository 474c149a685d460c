package org.ipckit.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.DuplexConnection;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.LeaseListener;
import org.ipckit.transport.spi.Nap;

/**
 * How the two sides of a connection come to their file. The client greets the listener and names the format it wants, if
 * it wants one; the listener makes the file and answers how it is written and which number it has.
 *
 * @param address the address, as this side has it
 * @param options what its options say
 */
record FileConnections(Address address, FileOptions options) {

    private static final String GREETING = "ipckit-jsonfile/1";

    // ---------------------------------------------------------------- the listener

    /** Returns what the listener does about newcomers. */
    LeaseListener.Host host(ConnectionFiles files) {
        return hello -> {
            requireFormat(hello.toUtf8(), files.format());
            return new Room(files.create());
        };
    }

    private static void requireFormat(String hello, Format written) {
        String[] words = hello.split(" ", -1);
        if (!words[0].equals(GREETING)) {
            throw new AccessDeniedException("expected " + GREETING + " and a format, got " + Message.utf8(hello));
        }
        if (words.length > 1 && !words[1].equals(name(written))) {
            throw new AccessDeniedException("the files here are written as format=" + name(written));
        }
    }

    /** The file that was made for a newcomer. */
    private final class Room implements LeaseListener.Welcome {

        private final ConnectionFile file;

        Room(ConnectionFile file) {
            this.file = file;
        }

        @Override
        public Message answer() {
            return Message.utf8(name(file.place().format()) + " " + file.place().number());
        }

        @Override
        public Connection connection(Lease lease) throws IOException {
            return connect(file, lease);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    // ---------------------------------------------------------------- the client

    /** Greets the listener at this file, and uses the file that it answers. */
    Connection dial(Path file, Duration timeout) {
        String wanted = options.wantedFormat().map(format -> " " + name(format)).orElse("");
        Lease lease = Lease.connect(address, file, Message.utf8(GREETING + wanted), timeout);
        ConnectionFile joined = null;
        boolean connected = false;
        try {
            joined = ConnectionFile.join(answered(file, lease.answer()), options.durable());
            Connection connection = connect(joined, lease);
            connected = true;
            return connection;
        } catch (IOException refused) {
            throw new ConnectFailedException(
                    "connect to " + address + ": the listener's file cannot be used: " + refused.getMessage(), refused);
        } finally {
            if (!connected) {
                lease.close();
                if (joined != null) {
                    joined.close();
                }
            }
        }
    }

    private ConnectionPlace answered(Path file, Message answer) {
        String[] words = answer.toUtf8().split(" ", -1);
        for (Format format : Format.values()) {
            if (words.length == 2 && words[0].equals(name(format)) && words[1].matches("\\d{1,18}")) {
                return new ConnectionPlace(ConnectionFiles.folderOf(file), Long.parseLong(words[1]), format);
            }
        }
        throw new CorruptMessageException("connect to " + address + ": expected a format and a number, got " + answer);
    }

    private static String name(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    // ---------------------------------------------------------------- both

    private Connection connect(ConnectionFile file, Lease lease) throws IOException {
        FileWatch watch = options.watch(file.place().file());
        Nap untilRoom = watch.nap();
        Nap untilArrival = watch.nap();
        watch.onChange(() -> {
            // What this side has written itself is reported as well.
            if (file.mayHaveNews()) {
                untilRoom.wake();
                untilArrival.wake();
            }
        });
        lease.wakes(untilRoom, untilArrival);
        return new DuplexConnection(
                address,
                options.capabilities(),
                options.waitStrategy(),
                new FileOutbox(file, lease, untilRoom),
                untilRoom,
                new FileInbox(file, lease, untilArrival, options.maxMessageBytes()),
                untilArrival,
                () -> {
                    // The file first: who hears that this side has gone finds in it what it has said.
                    try (watch;
                            lease;
                            file) {
                        return;
                    }
                },
                lease.peer());
    }
}
