package org.ipckit.transport.spi;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.InvalidAddressException;

/**
 * The file of a Unix socket: where it is, whether it is one, whether anybody is behind it, and the JDK's sockets at it.
 */
public final class SocketFile {

    /** What the JDK takes, one byte less than the kernel. */
    private static final int LONGEST_PATH_BYTES = 106;

    private static final int BACKLOG = 128;

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    /** Tries to connect; refused means that nobody listens. */
    @FunctionalInterface
    public interface Probe {
        /** Returns true if somebody listens there. */
        boolean isLive(Path file) throws IOException;
    }

    private SocketFile() {}

    /**
     * Returns the file of an address.
     *
     * @throws InvalidAddressException if its path is longer than a socket's may be
     */
    public static Path of(Address address) {
        Path file = RunDirectory.file(address);
        requireShort(address, file);
        return file;
    }

    /**
     * Checks a path that is to be a socket's.
     *
     * @throws InvalidAddressException if it is longer than a socket's may be
     */
    public static void requireShort(Address address, Path file) {
        int bytes = file.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_PATH_BYTES) {
            throw new InvalidAddressException(address + ": the path " + file + " has " + bytes
                    + " bytes, a socket's path may have at most " + LONGEST_PATH_BYTES);
        }
    }

    /**
     * Looks before a connection is tried.
     *
     * @throws NoSuchFileException if nothing is there yet
     * @throws ConnectFailedException if something is there that no listener made: waiting would not help
     */
    public static void requireSocket(Address address, Path file) throws IOException {
        try {
            if (!exists(file)) {
                throw new NoSuchFileException("there is no " + file);
            }
        } catch (NotASocketException foreign) {
            throw new ConnectFailedException("connect to " + address + ": " + foreign.getMessage(), foreign);
        }
    }

    /** Returns false if there is nothing; throws {@link NotASocketException} if there is something else. */
    private static boolean exists(Path file) throws IOException {
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & TYPE) != SOCKET) {
                throw new NotASocketException(file + " is not a socket");
            }
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /**
     * Removes the file of a listener that died. The caller owns the address, so that no other listener of ours is there.
     *
     * @throws AddressInUseException if a live process of another kind listens there, or the file is not a socket
     */
    public static void removeStale(Address address, Path file, Probe probe) throws IOException {
        try {
            if (!exists(file)) {
                return;
            }
        } catch (NotASocketException foreign) {
            throw new AddressInUseException(
                    "listen on " + address + ": " + foreign.getMessage()
                            + " and is left alone; remove it or choose another path",
                    foreign);
        }
        Object before = key(file);
        if (probe.isLive(file)) {
            throw new AddressInUseException("listen on " + address + ": a live process listens there");
        }
        if (Objects.equals(before, key(file))) {
            Files.deleteIfExists(file);
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Binds a JDK socket, which does not block, to the file of an address that is ours; a dead listener's is removed. */
    public static ServerSocketChannel listen(Address address, Path file, AddressOwnership ownership)
            throws IOException {
        removeStale(address, file, SocketFile::isLive);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(file), BACKLOG);
            ownership.made();
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    /**
     * Connects a JDK socket, which does not block, to the listener behind the file.
     *
     * @throws IOException if nobody listens there now, or the listener has no room
     * @throws AccessDeniedException if this user may not
     * @throws ConnectFailedException if something is there that no listener made
     */
    public static SocketChannel connect(Address address, Path file) throws IOException {
        requireSocket(address, file);
        try {
            return open(file);
        } catch (ConnectException nobody) {
            throw new ConnectException("nobody listens on " + file);
        } catch (SocketException refused) {
            if (String.valueOf(refused.getMessage()).startsWith("Permission denied")) {
                throw new AccessDeniedException(
                        "connect to " + address + ": this user may not write to " + file, refused);
            }
            throw refused;
        }
    }

    /** Never waits: where the listener's queue is full, the system refuses. */
    private static SocketChannel open(Path file) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(file));
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static boolean isLive(Path file) throws IOException {
        try (SocketChannel reached = open(file)) {
            return reached.isOpen();
        } catch (ConnectException nobody) {
            return false;
        } catch (SocketException queueIsFull) {
            return true;
        }
    }

    /** There is something at the path that no listener made. */
    private static final class NotASocketException extends IOException {

        NotASocketException(String message) {
            super(message);
        }
    }
}
