package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Removes folders. */
final class Folders {

    private Folders() {}

    /** Removes a folder and what is in it. No link is followed. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> all = inside.toList();
            for (Path each : all) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    delete(each);
                } else {
                    Files.deleteIfExists(each);
                }
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        deleteIfEmpty(folder);
    }

    /** Removes a folder unless somebody else has put something in it meanwhile. */
    static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException inUseOrGone) {
            return;
        }
    }
}
