package org.ipckit.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.spi.RunDirectory;

/** The file of a Unix socket: where it is, whether it is one, and whether anybody is behind it. */
final class SocketFile {

    /** What the JDK takes, one byte less than the kernel. */
    private static final int LONGEST_PATH_BYTES = 106;

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    /** Tries to connect; refused means that nobody listens. */
    @FunctionalInterface
    interface Probe {
        boolean isLive(Path file) throws IOException;
    }

    private SocketFile() {}

    /**
     * Returns the file of an address.
     *
     * @throws InvalidAddressException if its path is longer than a socket's may be
     */
    static Path of(Address address) {
        Path file = RunDirectory.file(address);
        int bytes = file.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_PATH_BYTES) {
            throw new InvalidAddressException(address + ": the path " + file + " has " + bytes
                    + " bytes, a socket's path may have at most " + LONGEST_PATH_BYTES);
        }
        return file;
    }

    /**
     * Looks before a connection is tried.
     *
     * @throws NoSuchFileException if nothing is there yet
     * @throws ConnectFailedException if something is there that no listener made: waiting would not help
     */
    static void requireSocket(Address address, Path file) throws IOException {
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
    static void removeStale(Address address, Path file, Probe probe) throws IOException {
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

    /** There is something at the path that no listener made. */
    private static final class NotASocketException extends IOException {

        NotASocketException(String message) {
            super(message);
        }
    }
}
