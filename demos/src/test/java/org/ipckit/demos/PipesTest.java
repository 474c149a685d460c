package org.ipckit.demos;

import static org.ipckit.demos.End.ALICE;
import static org.ipckit.demos.End.BOB;
import static org.ipckit.demos.Language.C;
import static org.ipckit.demos.Language.JAVA;
import static org.ipckit.demos.Language.PYTHON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class PipesTest extends PairFixture {

    PipesTest() {
        super(Pair.PIPES);
    }

    @Test
    void aliceSaysInPlainWordsWhatAnybodyWrites() throws Exception {
        String said = golden(ALICE);
        try (Program alice = startReady(ALICE, JAVA)) {
            assertEquals(
                    "rw-r--r--",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo(), LinkOption.NOFOLLOW_LINKS)));
            assertEquals(0, run(BOB, JAVA).awaitEnd());
            alice.awaitOut(said);
            assertEquals(0, run(BOB, PYTHON).awaitEnd());
            alice.awaitOut(said + said);
            assertEquals(0, run(BOB, C).awaitEnd());
            alice.awaitOut(said + said + said);

            // As printf 'X0005HOWDY' > fifo does, and a slow writer.
            write("X0005HOWDY");
            alice.awaitOut("howdy\n");
            write("X0000", "X", "00", "05a", "\u00e9_", "b");
            alice.awaitOut("howdy\n\na\u00e9 b\n");

            Program second = run(ALICE, PYTHON);
            assertTrue(second.err().contains("another Alice reads from fifo"), second.err());
            assertEquals(143, alice.terminate());
        }
        assertLeft();
    }

    @Test
    void anAliceWhoWasKilledIsSucceededByOneInAnotherLanguage() throws Exception {
        startReady(ALICE, C).kill();
        assertLeft("fifo");

        try (Program alice = startReady(ALICE, PYTHON)) {
            assertEquals(0, run(BOB, C, "Howdy").awaitEnd());
            alice.awaitOut("howdy\n");
            alice.kill();
        }
        try (Program alice = startReady(ALICE, JAVA)) {
            write("X00a5HOWDY");
            assertEquals(1, alice.awaitEnd());
            assertEquals("Alice: Out of sync!\n", alice.err());
        }
        assertLeft();
    }

    @Test
    void bobSaysWhatIsMissing() throws Exception {
        Program bob = run(BOB, JAVA);
        assertEquals(1, bob.awaitEnd());
        assertTrue(bob.err().startsWith("Bob: ") && bob.err().contains("ENOENT"), bob.err());

        startReady(ALICE, C).kill();
        Program again = run(BOB, C);
        assertEquals("Bob: fifo: nobody reads from it (ENXIO)\n", again.err());
    }

    private Path fifo() {
        return folder.resolve("fifo");
    }

    private void write(String... pieces) throws Exception {
        try (OutputStream fifo = Files.newOutputStream(fifo())) {
            for (String piece : pieces) {
                fifo.write(piece.getBytes(StandardCharsets.UTF_8));
                Thread.sleep(20);
            }
        }
    }
}
