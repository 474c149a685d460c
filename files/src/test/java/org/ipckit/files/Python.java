package org.ipckit.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ipckit.testkit.Required;

/** The Python on this machine that has the module filelock, if one has. */
final class Python {

    private static final List<String> CANDIDATES = List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3");
    private static final Optional<String> WITH_FILELOCK =
            CANDIDATES.stream().filter(Python::hasFilelock).findFirst();

    private Python() {}

    /** Returns its command; a test that calls it where there is none is skipped. */
    static String withFilelock() {
        Required.that(WITH_FILELOCK.isPresent(), "no python3 here has the module filelock (Debian: python3-filelock)");
        return WITH_FILELOCK.orElseThrow();
    }

    private static boolean hasFilelock(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import filelock")
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
