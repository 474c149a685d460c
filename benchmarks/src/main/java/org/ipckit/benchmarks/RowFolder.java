package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The private folder of a row, where its sockets and FIFOs lie. */
final class RowFolder {

    private RowFolder() {}

    /** Makes an empty folder that only this user can enter. */
    static Path create() throws IOException {
        return Files.createTempDirectory("ipckit-bench-");
    }

    /** The same for a row, which cannot run without one. */
    static Path createForRow() throws RowFailedException {
        try {
            return create();
        } catch (IOException refused) {
            throw new RowFailedException("its folder cannot be made: " + refused.getMessage());
        }
    }

    /** Deletes a folder with all in it; several processes may do so at once. */
    static void delete(Path folder) {
        try {
            List<Path> found = new ArrayList<>();
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.forEach(found::add);
            }
            for (int i = found.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(found.get(i));
            }
        } catch (NoSuchFileException gone) {
            // another process was faster
        } catch (IOException | java.io.UncheckedIOException refused) {
            if (Files.exists(folder)) {
                System.err.println("cannot delete " + folder + ": " + refused);
            }
        }
    }
}
