package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs from the machine: without it the test is skipped, unless {@code IPCKIT_REQUIRE=all}. */
final class Required {

    private Required() {}

    static void required(boolean present, String otherwise) {
        if ("all".equals(System.getenv("IPCKIT_REQUIRE"))) {
            assertTrue(present, otherwise);
        }
        assumeTrue(present, otherwise);
    }
}
