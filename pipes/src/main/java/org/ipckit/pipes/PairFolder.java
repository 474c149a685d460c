package org.ipckit.pipes;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.spi.PrivateFiles;

/**
 * The private folder beside a listener's FIFO, where clients make the pairs for their connections. It is there as long as
 * the listener is.
 */
final class PairFolder {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int REMOVAL_ATTEMPTS = 100;

    /** The listener's FIFO before it has its name. */
    private static final String UNNAMED = "listener";

    private final Path folder;

    /** @param address the listener's FIFO */
    PairFolder(Path address) {
        this.folder = address.resolveSibling(address.getFileName() + ".pairs");
    }

    /**
     * Makes it, or takes over what a dead listener left, empty.
     *
     * @throws AccessDeniedException if there is something else, or others may use it
     */
    void create() throws IOException {
        PrivateFiles.folder(folder);
        removePairsOlderThan(Duration.ZERO);
        removeIfOld(unnamed(), Instant.MAX);
    }

    /** Returns where the listener's FIFO may be made before it gets its name. */
    Path unnamed() {
        return folder.resolve(UNNAMED);
    }

    /**
     * Makes a pair for a connection.
     *
     * @throws NoSuchFileException if there is no folder, for nobody listens
     * @throws AccessDeniedException if others may use it
     */
    FifoPair newPair(Token token) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException("there is no " + folder);
        }
        PrivateFiles.requireFolder(folder);
        FifoPair pair = pair(token);
        try {
            NamedPipe.make(pair.toListener(), OWNER_ONLY);
            NamedPipe.make(pair.toClient(), OWNER_ONLY);
            return pair;
        } catch (IOException | RuntimeException refused) {
            pair.unlink();
            throw refused;
        }
    }

    /** Returns the pair that has this token, whether or not it is there. */
    FifoPair pair(Token token) {
        return new FifoPair(folder.resolve(token.up()), folder.resolve(token.down()));
    }

    /** Removes pairs that a client has left without a connection, such as one that was killed. */
    void removePairsOlderThan(Duration age) throws IOException {
        Instant limit = Instant.now().minus(age);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> Token.names(file.getFileName().toString()))) {
            for (Path file : files) {
                removeIfOld(file, limit);
            }
        }
    }

    private static void removeIfOld(Path file, Instant limit) throws IOException {
        try {
            if (FifoEnd.isFifo(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isAfter(limit)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException connectedMeanwhile) {
            return;
        }
    }

    /** Removes it with all pairs in it; foreign files stay, and the folder with them. */
    void delete() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                removePairsOlderThan(Duration.ZERO);
                Files.deleteIfExists(folder);
                return;
            } catch (NoSuchFileException gone) {
                return;
            } catch (DirectoryNotEmptyException notYet) {
                // A client that found the listener before it closed may have made its pair in between.
                if (attempt == REMOVAL_ATTEMPTS) {
                    return;
                }
            }
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
