package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The private folder of a row, where its sockets and FIFOs lie; and one in memory, for those who ask for it. */
public final class RowFolder {

    private static final Path MEMORY = Path.of("/dev/shm");

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

    /**
     * Returns a place in memory for a row, as {@link #inMemory(Path)} does.
     *
     * @param name of what the caller makes there, a file or a folder
     */
    public static Path inMemory(Path folder, String name) throws IOException {
        return inMemory(folder).resolve(name);
    }

    /**
     * Returns a row's folder in memory: it is not a disk that is to be measured. Where there is no such file system, it is
     * the row's own.
     */
    static Path inMemory(Path folder) throws IOException {
        if (!Files.isWritable(MEMORY)) {
            return folder;
        }
        Path memory = besideInMemory(folder);
        if (!Files.isDirectory(memory)) {
            Files.createDirectory(
                    memory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return memory;
    }

    private static Path besideInMemory(Path folder) {
        return MEMORY.resolve(folder.getFileName());
    }

    /** Deletes a row's folder with all in it, and that in memory; several processes may do so at once. */
    public static void delete(Path folder) {
        deleteTree(folder);
        deleteTree(besideInMemory(folder));
    }

    private static void deleteTree(Path folder) {
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
