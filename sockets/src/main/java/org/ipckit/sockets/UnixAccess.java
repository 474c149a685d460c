package org.ipckit.sockets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Peer;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.PrivateFiles;

/**
 * Who may connect to a Unix socket.
 *
 * @param permissions of the socket file; the system asks for write permission to connect
 * @param users the numbers of the users who may connect; empty if the permissions alone decide
 */
record UnixAccess(Set<PosixFilePermission> permissions, Set<Long> users) {

    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    private static final Pattern USER = Pattern.compile("\\d{1,10}");
    private static final int PRIVATE = 0600;
    private static final int OTHERS_WRITE = 0022;
    private static final long ROOT = 0;

    /** Reads {@code mode=} and {@code allow=}. */
    static UnixAccess of(Address address, Options options) {
        String text = options.text("mode", Integer.toOctalString(PRIVATE));
        if (!MODE.matcher(text).matches()) {
            throw new InvalidAddressException(
                    address + ": option 'mode' is '" + text + "', expected an octal mode such as 600 or 660");
        }
        int mode = Integer.parseInt(text, 8);
        Set<Long> users = new HashSet<>();
        for (String user : options.list("allow")) {
            if (!USER.matcher(user).matches()) {
                throw new InvalidAddressException(address + ": option 'allow' has '" + user
                        + "', expected numbers of users joined by commas, such as 1000,1001 (id -u tells one's own)");
            }
            users.add(Long.parseLong(user));
        }
        if (users.isEmpty() && (mode & OTHERS_WRITE) == 0) {
            // Between bind and chmod the file has the mode that the umask gives it; who slips in then is sent away.
            users.add(ownUser(address));
            users.add(ROOT);
        }
        return new UnixAccess(permissions(mode), users);
    }

    private static long ownUser(Address address) {
        try {
            return PrivateFiles.uid();
        } catch (IOException refused) {
            throw new AccessDeniedException("listen on " + address + ": who am I? " + refused.getMessage(), refused);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        // Constants are declared from the owner's read to the others' execute: the bits from the highest down.
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }

    /** Gives the socket file its mode. */
    void applyTo(Path file) throws IOException {
        Files.setPosixFilePermissions(file, permissions);
    }

    /**
     * Lets a peer in.
     *
     * @throws AccessDeniedException if the kernel says it is somebody who may not connect, or does not say
     */
    void require(Address address, Optional<Peer> peer) {
        boolean allowed = users.isEmpty()
                || peer.flatMap(UnixAccess::user).filter(users::contains).isPresent();
        if (!allowed) {
            throw new AccessDeniedException(address + ": "
                    + peer.map(Peer::toString).orElse("a peer the kernel does not know")
                    + " may not connect; allowed are the users " + users + " (allow=)");
        }
    }

    private static Optional<Long> user(Peer peer) {
        return peer.uid().isPresent() ? Optional.of(peer.uid().getAsLong()) : Optional.empty();
    }
}
