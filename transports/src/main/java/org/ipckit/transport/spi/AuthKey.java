package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/** A secret that both sides have, and in which forms they may prove it. Never part of any text. */
public final class AuthKey {

    /** Long enough for any key, short enough that a wrong file is noticed. */
    private static final int MAX_BYTES = 64 << 10;

    private final byte[] bytes;
    private final boolean withMd5;

    private AuthKey(byte[] bytes, boolean withMd5) {
        this.bytes = bytes;
        this.withMd5 = withMd5;
    }

    /** Returns a key of a copy of these bytes. */
    public static AuthKey of(byte... bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an authkey has at least one byte");
        }
        return new AuthKey(bytes.clone(), false);
    }

    /** Returns the same key, which may be proved by HMAC-MD5 too: Python up to 3.11 knows nothing else. */
    public AuthKey withMd5() {
        return new AuthKey(bytes, true);
    }

    /**
     * Reads the key: all bytes of the file but one line end at its end.
     *
     * @throws InvalidAddressException if the file is not there, empty or larger than 64 KiB
     * @throws AccessDeniedException if others may read the file, or we may not
     */
    static AuthKey read(Address address, String file) {
        Path path = Path.of(file);
        try {
            if (!Files.isRegularFile(path)) {
                throw new InvalidAddressException(address + ": authkey-file '" + file + "' is not a file");
            }
            PrivateFiles.requirePrivate(address, path);
            long size = Files.size(path);
            byte[] bytes = size > MAX_BYTES ? new byte[0] : withoutLineEnd(Files.readAllBytes(path));
            if (bytes.length == 0) {
                throw new InvalidAddressException(address + ": authkey-file '" + file + "' has " + size
                        + " bytes, expected a key of 1 to " + MAX_BYTES + " bytes");
            }
            return new AuthKey(bytes, false);
        } catch (IOException unreadable) {
            throw new AccessDeniedException(
                    address + ": authkey-file '" + file + "' cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
            if (end > 0 && bytes[end - 1] == '\r') {
                end--;
            }
        }
        return Arrays.copyOf(bytes, end);
    }

    byte[] bytes() {
        return bytes;
    }

    boolean takesMd5() {
        return withMd5;
    }

    @Override
    public String toString() {
        return "AuthKey[" + bytes.length + " bytes, not shown]";
    }
}
