package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;

/** Files and folders that only their owner may use: modes 0600 and 0700, owner checked, no link followed. */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Returns the attribute that makes a new file private from its first moment. */
    public static FileAttribute<?> mode() {
        return PosixFilePermissions.asFileAttribute(FILE);
    }

    /** Returns the user this process runs as. */
    public static UserPrincipal user() throws IOException {
        return Files.getOwner(Path.of("/proc/self"));
    }

    /** Returns the number of the user this process runs as. */
    public static long uid() throws IOException {
        return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    }

    /**
     * Makes the folder, or checks that the one that is there is private.
     *
     * @throws AccessDeniedException if somebody else owns it or may use it, or it is not a folder
     */
    public static Path folder(Path folder) throws IOException {
        try {
            return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        } catch (FileAlreadyExistsException there) {
            requireFolder(folder);
            return folder;
        } catch (NoSuchFileException noParent) {
            throw new AccessDeniedException(
                    "run directory " + folder + ": there is no " + folder.getParent(), noParent);
        }
    }

    /**
     * Checks that a folder is private.
     *
     * @throws AccessDeniedException if somebody else owns it or may use it, or it is not a folder
     */
    public static void requireFolder(Path folder) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean ours = attributes.isDirectory() && attributes.owner().equals(user());
        if (!ours || !FOLDER.containsAll(attributes.permissions())) {
            throw new AccessDeniedException("run directory " + folder + ": owned by "
                    + attributes.owner().getName()
                    + ", mode " + PosixFilePermissions.toString(attributes.permissions())
                    + (attributes.isDirectory() ? "" : ", not a folder")
                    + "; it has to be a folder of this user with mode 0700. Remove it, or set XDG_RUNTIME_DIR"
                    + " to a private folder.");
        }
    }

    /**
     * Checks that nobody but its owner may read or write a file.
     *
     * @throws AccessDeniedException if others may
     */
    public static void requirePrivate(Address address, Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"))) {
            throw new AccessDeniedException(address + ": " + file + " has mode "
                    + PosixFilePermissions.toString(permissions) + ", others may use it: chmod 600 " + file);
        }
    }
}
