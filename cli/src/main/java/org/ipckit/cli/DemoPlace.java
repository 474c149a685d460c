package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Where the programs of a demo run: a folder of their own, which is removed, unless somebody names one. */
final class DemoPlace implements AutoCloseable {

    private final Path folder;
    private final Path temporary;
    private final EndOfProcess end;

    private DemoPlace(Path folder, Path temporary) {
        this.folder = folder;
        this.temporary = temporary;
        this.end = EndOfProcess.runs(this::remove);
    }

    /**
     * Returns the place for a demo.
     *
     * @param here whether it is the current folder if no other is named, so that a second terminal finds it
     */
    static DemoPlace of(Optional<Path> named, boolean here) throws IOException {
        Path temporary = Files.createTempDirectory("ipckit-demo-");
        if (named.isPresent()) {
            return new DemoPlace(Files.createDirectories(named.get()).toAbsolutePath(), temporary);
        }
        return new DemoPlace(
                here ? Path.of("").toAbsolutePath() : Files.createDirectory(temporary.resolve("run")), temporary);
    }

    /** Returns the folder with the programs in other languages. */
    static Path sources() {
        return home().resolve("demos");
    }

    /** Returns the folder of the checkout. */
    static Path home() {
        return Path.of(System.getProperty("ipckit.home", ".."));
    }

    Path folder() {
        return folder;
    }

    /** Returns where compiled programs may be put. */
    Path compiled() {
        return temporary;
    }

    private void remove() {
        try {
            Files.walkFileTree(temporary, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, IOException failed) throws IOException {
                    Files.deleteIfExists(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException refused) {
            throw new CommandFailedException("cannot remove " + temporary + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        end.close();
        remove();
    }
}
