package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which commit is measured. */
final class Checkout {

    private Checkout() {}

    /** Returns the commit of a checkout, with {@code -dirty} if files of it were changed; empty outside of one. */
    static Optional<String> commit(Optional<Path> home) {
        // Asked of this folder only: git would look in the folders above for a repository that is not ours.
        if (home.isEmpty() || !Files.exists(home.get().resolve(".git"))) {
            return Optional.empty();
        }
        try {
            Finished described = Finished.run(List.of(
                    "git",
                    "-C",
                    home.get().toString(),
                    "describe",
                    "--always",
                    "--dirty",
                    "--abbrev=12",
                    "--exclude=*"));
            return described.exitCode() == 0 ? Optional.of(described.output().strip()) : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
