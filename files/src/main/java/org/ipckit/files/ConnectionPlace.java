package org.ipckit.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where the files of one connection are: {@code N.json}, which people may read, and in the folder {@code N} what is needed
 * beside it. That is apart so that nobody who waits for {@code N.json} is woken by it.
 *
 * @param folder the folder of all connections of one listener
 * @param number which of them
 * @param format how the file is written
 */
record ConnectionPlace(Path folder, long number, Format format) {

    /** Returns the file with the messages. */
    Path file() {
        return folder.resolve(number + format.extension());
    }

    private Path aside() {
        return folder.resolve(String.valueOf(number));
    }

    /** Returns the lock file, which whoever replaces the file locks. */
    Path lock() {
        return aside().resolve("lock");
    }

    /** Returns the file on which each side holds a shared lock as long as it lives. */
    Path users() {
        return aside().resolve("users");
    }

    /** Returns where a side writes the next content of the file, before it takes the lock. */
    Path next(Side side) {
        return aside().resolve(side == Side.LISTENER ? "next-listener" : "next-client");
    }

    /** Makes the folder beside the file. */
    void create() throws IOException {
        Files.createDirectory(aside());
    }

    /** Removes everything. */
    void delete() throws IOException {
        Files.deleteIfExists(file());
        for (Side side : Side.values()) {
            Files.deleteIfExists(next(side));
        }
        Files.deleteIfExists(lock());
        Files.deleteIfExists(users());
        deleteIfEmpty(aside());
        deleteIfEmpty(folder);
    }

    /** Somebody else may have made a file in it meanwhile, and removes it then. */
    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException | NoSuchFileException inUseOrGone) {
            return;
        }
    }
}
