package org.ipckit.transport.spi;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.WaitStrategy;

/**
 * The options that every stream transport has.
 *
 * @param waitStrategy {@code wait=}: how this side waits
 * @param bufferBytes {@code buffer=}: how many bytes of frames are collected before they are written; 0 writes each
 * @param maxMessageBytes {@code max-message=}: the largest message sent or taken
 * @param authKeyFile {@code authkey-file=}: the file of the key that both sides must have
 */
public record StreamOptions(
        WaitStrategy waitStrategy, int bufferBytes, int maxMessageBytes, Optional<String> authKeyFile) {

    /** The largest {@code buffer=} and {@code max-message=}: 1 GiB. */
    private static final int LIMIT = 1 << 30;

    private static final Set<String> NAMES = Set.of("wait", "buffer", "max-message", "authkey-file");

    /** Returns the names of these options and those of one transport. */
    public static Set<String> namesWith(String... own) {
        Set<String> names = new HashSet<>(NAMES);
        names.addAll(Set.of(own));
        return Set.copyOf(names);
    }

    /** Reads them. */
    public static StreamOptions of(Address address, Options options) {
        return new StreamOptions(
                options.choice("wait", WaitStrategy.BLOCK),
                options.bytes("buffer", 0, 0, LIMIT),
                options.bytes("max-message", Capabilities.DEFAULT_MAX_MESSAGE, 1, LIMIT),
                address.option("authkey-file"));
    }

    /** Returns what a stream transport of one machine promises with these options. */
    public Capabilities capabilities() {
        // A claim beside a batch that has begun is copied into it.
        return Capabilities.reliable(maxMessageBytes).inPlace(bufferBytes == 0 ? maxMessageBytes : 0);
    }

    /**
     * Reads the key, if there is one.
     *
     * @throws org.ipckit.transport.AccessDeniedException if others may read the file, or we may not
     */
    public Optional<AuthKey> authKey(Address address) {
        return authKeyFile.map(file -> AuthKey.read(address, file));
    }
}
