package org.ipckit.demos;

import static org.ipckit.demos.End.ALICE;
import static org.ipckit.demos.End.BOB;
import static org.ipckit.demos.Language.C;
import static org.ipckit.demos.Language.JAVA;
import static org.ipckit.demos.Language.PYTHON;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class SharedMemoryTest extends PairFixture {

    private static final String LINES = "b'now we are in memory\\n'\nb'again\\n'\n";

    SharedMemoryTest() {
        super(Pair.SHARED_MEMORY);
    }

    @Test
    void everyBobSaysBothLinesOnce() throws Exception {
        Files.writeString(memory(), "\n".repeat(5000)); // an older one, and larger
        try (Program bob = mapping(start(BOB, C));
                Program bobby = mapping(start(BOB, PYTHON));
                Program alice = start(ALICE, JAVA)) {
            bobby.awaitOut(LINES);
            bob.awaitOut(golden(BOB));

            assertEquals(0, alice.awaitEnd());
            assertEquals("again\n are in memory\n" + "\n".repeat(4096 - 21), Files.readString(memory()));
            assertEquals(golden(BOB), bob.out());
            assertEquals(LINES, bobby.out());
            assertEquals(143, bobby.terminate());
        }
        try (Program late = start(BOB, JAVA)) {
            late.awaitOut("again\n");
            assertEquals(143, late.terminate());
            assertEquals("again\n", late.out());
        }
    }

    @Test
    void aBobInJavaReadsTheMemoryOfAnyAlice() throws Exception {
        Program early = run(BOB, JAVA);
        assertEquals("Bob: there is no mmaptest here; Alice makes it, start her first\n", early.err());
        try (Program alice = startReady(ALICE, PYTHON)) {
            alice.kill(); // left as it is, and the next one begins anew
        }
        try (Program bob = start(BOB, JAVA)) {
            bob.awaitOut("now we are in memory\n");
            assertEquals(0, run(ALICE, C).awaitEnd());
            bob.awaitOut("again\n");
        }
        assertEquals("rwxr-xr-x", mode());
    }

    /** Waits until it has mapped the file. */
    private static Program mapping(Program bob) {
        eventually("it has mapped the file", () -> {
            try {
                return Files.readString(Path.of("/proc/" + bob.pid() + "/maps")).contains("mmaptest");
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        });
        return bob;
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(memory()));
    }

    private Path memory() {
        return folder.resolve("mmaptest");
    }
}
