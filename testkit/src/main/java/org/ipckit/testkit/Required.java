package org.ipckit.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine and may not find. Where it is missing the test is skipped with the reason; with
 * {@code IPCKIT_REQUIRE=all} in the environment, as in CI, it fails.
 */
public final class Required {

    /** A Python found first on the path may be one that the system's modules do not belong to. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3");

    private static final Map<String, Optional<String>> PYTHON_WITH = new ConcurrentHashMap<>();

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

    /** Goes on only if a Python on this machine has the module; returns its command. */
    public static String pythonWith(String module) {
        Optional<String> python = PYTHON_WITH.computeIfAbsent(
                module,
                name -> PYTHONS.stream().filter(each -> imports(each, name)).findFirst());
        that(python.isPresent(), "no python3 here has the module " + module + " (Debian: python3-" + module + ")");
        return python.orElseThrow();
    }

    private static boolean imports(String python, String module) {
        try {
            return new ProcessBuilder(python, "-c", "import " + module)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
