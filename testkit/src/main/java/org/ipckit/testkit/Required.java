package org.ipckit.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine and may not find. Where it is missing the test is skipped with the reason; with
 * {@code IPCKIT_REQUIRE=all} in the environment, as in CI, it fails.
 */
public final class Required {

    private Required() {}

    /** Goes on only if the condition holds. */
    public static void that(boolean condition, String reason) {
        if (!condition && "all".equals(System.getenv("IPCKIT_REQUIRE"))) {
            Assertions.fail("IPCKIT_REQUIRE=all, and " + reason);
        }
        Assumptions.assumeTrue(condition, reason);
    }

    /** Goes on only if the program is on the path. */
    public static void program(String name) {
        String path = System.getenv("PATH");
        boolean found = path != null
                && Arrays.stream(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        that(found, "there is no program '" + name + "' on the path");
    }
}
