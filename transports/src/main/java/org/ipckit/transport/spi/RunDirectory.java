package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/**
 * Where names lie: the user's private folder, {@code $XDG_RUNTIME_DIR/ipckit}, or {@code /tmp/ipckit-UID} where that is
 * not set. It is made with mode 0700 when first needed; one that is not private is an error.
 */
public final class RunDirectory {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private static final Pattern NO_FILE = Pattern.compile("/\\.{0,2}$|\0");

    private RunDirectory() {}

    /**
     * Returns the file of an address: {@code NAME.scheme} in the run directory for a name, else the path itself,
     * absolute.
     *
     * @throws InvalidAddressException if the target is neither a name nor a path
     * @throws AccessDeniedException if the run directory is not private
     */
    public static Path file(Address address) {
        return file(address, RunDirectory::folder);
    }

    /**
     * As {@link #file(Address)}, for a mechanism whose names lie in a folder of its own.
     *
     * @param folder asked only if the target is a name
     */
    public static Path file(Address address, Supplier<Path> folder) {
        String target = address.target();
        if (target.startsWith("/") || target.startsWith("./") || target.startsWith("../")) {
            if (NO_FILE.matcher(target).find()) {
                throw new InvalidAddressException(address + ": '" + target + "' is not the path of a file");
            }
            try {
                return Path.of(target).toAbsolutePath().normalize();
            } catch (InvalidPathException notInThisLocale) {
                throw new InvalidAddressException(
                        address + ": '" + target + "' is not a path here: " + notInThisLocale.getReason(),
                        notInThisLocale);
            }
        }
        if (!NAME.matcher(target).matches()) {
            throw new InvalidAddressException(address + ": '" + target
                    + "' is not a name (letters, digits, '.', '_' and '-'), and a path begins with / or ./");
        }
        return folder.get().resolve(target + "." + address.scheme());
    }

    /**
     * Returns the run directory, made if it was not there.
     *
     * @throws AccessDeniedException if it is not private
     */
    public static Path folder() {
        try {
            String runtime = System.getenv("XDG_RUNTIME_DIR");
            return PrivateFiles.folder(
                    runtime != null && runtime.startsWith("/")
                            ? Path.of(runtime, "ipckit")
                            : Path.of("/tmp", "ipckit-" + PrivateFiles.uid()));
        } catch (IOException refused) {
            throw new AccessDeniedException("run directory: " + refused.getMessage(), refused);
        }
    }
}
