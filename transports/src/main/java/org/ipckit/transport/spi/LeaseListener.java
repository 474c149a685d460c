package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Peer;

/**
 * The listener of mechanisms that have no connection in the kernel: newcomers meet it at a Unix socket that only this
 * user may use, greet it, and leave with a {@link Lease}; what their bytes go through is prepared by the {@link Host}.
 */
public final class LeaseListener implements Listener {

    private static final long ROOT = 0;
    private static final long NOBODY = -1;

    private final Address address;
    private final Lobby<Admitted> lobby;

    /** Decides about newcomers, on the listener's own thread; it must not wait. */
    @FunctionalInterface
    public interface Host {
        /**
         * Prepares what a newcomer needs.
         *
         * @throws org.ipckit.transport.TransportException if it is refused; it is told the text, up to 256 bytes of it
         */
        Welcome welcome(Message hello) throws IOException;
    }

    /** What was prepared for one newcomer. */
    public interface Welcome extends Closeable {
        /** Returns what the newcomer is told, at most 256 bytes. */
        Message answer();

        /** Makes the connection that {@code accept} returns; what was prepared is the connection's then. */
        Connection connection(Lease lease) throws IOException;

        /** Gives back what was prepared; called instead of {@link #connection} for one who does not stay. */
        @Override
        void close() throws IOException;
    }

    /** One whose handshake is finished. */
    private record Admitted(Lease lease, Welcome welcome) implements Closeable {
        @Override
        public void close() throws IOException {
            try (lease) {
                welcome.close();
            }
        }
    }

    /**
     * Listens at a socket file, whose folder is there.
     *
     * @throws org.ipckit.transport.AddressInUseException if a live process listens there
     */
    public static LeaseListener listen(Address address, Path file, Host host) {
        SocketFile.requireShort(address, file);
        return AddressOwnership.taking(address, file, ownership -> {
            ServerSocketChannel channel = SocketFile.listen(address, file, ownership);
            try {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                return new LeaseListener(address, new Door(address, channel, host, ownership));
            } catch (IOException | RuntimeException refused) {
                channel.close();
                throw refused;
            }
        });
    }

    /** Removes what dead processes have left of an address. */
    @FunctionalInterface
    public interface Leftovers {
        void remove() throws IOException;
    }

    /** As {@link #listen(Address, Path, Host)}, and removes what is left of those who have listened there before. */
    public static LeaseListener listen(Address address, Path file, Host host, Leftovers leftovers) {
        LeaseListener listener = listen(address, file, host);
        boolean removed = false;
        try {
            leftovers.remove();
            removed = true;
            return listener;
        } catch (IOException refused) {
            throw new MechanismException("listen on " + address + ": " + refused.getMessage(), refused);
        } finally {
            if (!removed) {
                listener.close();
            }
        }
    }

    private LeaseListener(Address address, Acceptor door) {
        this.address = address;
        this.lobby = new Lobby<>(address, door, Optional.empty(), this::admit);
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Optional<Connection> accept(Duration timeout) {
        Optional<Admitted> next = lobby.take(timeout);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Admitted admitted = next.get();
        boolean made = false;
        try {
            Connection connection = admitted.welcome().connection(admitted.lease());
            made = true;
            return Optional.of(connection);
        } catch (IOException refused) {
            throw new MechanismException("accept on " + address + ": " + refused.getMessage(), refused);
        } finally {
            if (!made) {
                Streams.closeQuietly(admitted);
            }
        }
    }

    /** Watched over from now on, whether or not it is accepted soon. */
    private Admitted admit(ByteStream stream) throws IOException {
        LeaseStream leased = (LeaseStream) stream;
        return new Admitted(new Lease(address, leased, Message.of()), leased.takeWelcome());
    }

    @Override
    public void close() {
        lobby.close();
    }

    @Override
    public String toString() {
        return "Listener[" + address + "]";
    }

    /** The socket that newcomers come to. */
    private static final class Door implements Acceptor {

        private final Address address;
        private final ServerSocketChannel channel;
        private final Host host;
        private final AddressOwnership ownership;

        Door(Address address, ServerSocketChannel channel, Host host, AddressOwnership ownership) {
            this.address = address;
            this.channel = channel;
            this.host = host;
            this.ownership = ownership;
        }

        @Override
        public Newcomer accept() throws IOException {
            SocketChannel arrived = channel.accept();
            if (arrived == null) {
                return null;
            }
            LeaseStream stream = new LeaseStream(arrived);
            try {
                requireUser(stream.peer());
            } catch (IOException | RuntimeException refused) {
                stream.close();
                throw refused;
            }
            return new Newcomer(stream, LeaseHandshake.ofListener(address, stream, host));
        }

        /** Between bind and chmod the file has the mode that the umask gives it; who slips in then is sent away. */
        private void requireUser(Optional<Peer> peer) throws IOException {
            long user = peer.isPresent() ? peer.get().uid().orElse(NOBODY) : NOBODY;
            if (user != PrivateFiles.uid() && user != ROOT) {
                throw new AccessDeniedException(address + ": "
                        + peer.map(Peer::toString).orElse("a peer the kernel does not know")
                        + " may not connect, only the listener's own user may");
            }
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        /** The file goes before the channel: while it is ours nobody else can have taken its place. */
        @Override
        public void close() throws IOException {
            try (channel) {
                ownership.close();
            }
        }
    }
}
