package org.ipckit.conformance.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.ForwardingConnection;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Deadline;

/** Transports that do something wrong when two sides meet. */
final class BrokenListening {

    private BrokenListening() {}

    /** Closes without tidying up. */
    static final class LeavesAFile extends BrokenTransport {

        @Override
        public Listener listen(Address address) {
            Listener listener = super.listen(address);
            return new BrokenListener(listener, whole -> whole) {
                @Override
                public void close() {
                    super.close();
                    try {
                        Files.writeString(Path.of(address.target() + ".old"), "left\n");
                    } catch (IOException refused) {
                        throw new UncheckedIOException(refused);
                    }
                }
            };
        }
    }

    /** Lets what one newcomer says end it for all. */
    static final class ClosesAfterAStranger extends BrokenTransport {

        @Override
        public Listener listen(Address address) {
            Listener listener = super.listen(address);
            return new BrokenListener(listener, accepted -> new ForwardingConnection(accepted) {
                @Override
                public Optional<Message> receive(Duration timeout) {
                    try {
                        return super.receive(timeout);
                    } catch (CorruptMessageException strange) {
                        listener.close();
                        throw strange;
                    }
                }
            });
        }
    }

    /** Gives up in its first attempt, though it takes its time to say so. */
    static final class TriesOnce extends BrokenTransport {

        @Override
        public Connection connect(Address address, Duration timeout) {
            long nanos = Deadline.nanos(timeout);
            try {
                if (nanos > 0 && Thread.currentThread().isInterrupted()) {
                    throw new InterruptedWaitException("connect to " + address);
                }
                return super.connect(address, Duration.ZERO);
            } catch (ConnectFailedException nobody) {
                try {
                    Thread.sleep(nanos / 1_000_000 + (nanos > 0 ? 1 : 0));
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedWaitException("connect to " + address, interrupted);
                }
                throw nobody;
            }
        }
    }

    /** Takes a misspelt option for none. */
    static final class SwallowsUnknownOptions extends BrokenTransport {

        @Override
        public Capabilities capabilities(Address address) {
            return super.capabilities(known(address));
        }

        @Override
        public Listener listen(Address address) {
            return super.listen(known(address));
        }

        @Override
        public Connection connect(Address address, Duration timeout) {
            return super.connect(known(address), timeout);
        }

        private static Address known(Address address) {
            Address known = Address.parse(address.scheme() + "://" + address.rawTarget());
            for (String name : new String[] {"wait", "buffer", "max-message", "authkey-file"}) {
                if (address.option(name).isPresent()) {
                    known = known.withOption(name, address.option(name).get());
                }
            }
            return known;
        }
    }
}
