package org.ipckit.benchmarks;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine. */
final class Required {

    private Required() {}

    /** Skips the test with the reason if something is missing; fails it where nothing may be. */
    static void that(boolean there, String missing) {
        if ("all".equals(System.getenv("IPCKIT_REQUIRE"))) {
            Assertions.assertTrue(there, missing);
        } else {
            Assumptions.assumeTrue(there, missing);
        }
    }
}
