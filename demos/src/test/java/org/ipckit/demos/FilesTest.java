package org.ipckit.demos;

import static org.ipckit.demos.End.ALICE;
import static org.ipckit.demos.End.BOB;
import static org.ipckit.demos.Language.JAVA;
import static org.ipckit.demos.Language.PYTHON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FilesTest extends PairFixture {

    private static final String REFUSED = "Bob: Yeah, we are only going to add numbers\n";

    FilesTest() {
        super(Pair.FILES);
    }

    @Test
    void aliceRunsWhatBobsInBothLanguagesWant() throws Exception {
        try (Program alice = startReady(ALICE, JAVA)) {
            assertBob(run(BOB, JAVA));
            assertEquals(golden(ALICE), alice.out());
            assertBob(run(BOB, PYTHON));
            assertEquals(
                    commands(golden(ALICE) + golden(ALICE)),
                    commands(alice.out()),
                    "the sizes are others, the file grows");

            Program second = run(ALICE, PYTHON);
            assertEquals("Alice: another Alice answers in shared.json\n", second.err());
            assertEquals(143, alice.terminate());
        }
        assertLeft();
    }

    @Test
    void aBobInJavaDoesNotSeeThatAliceIsWrittenInPython() throws Exception {
        Program early = run(BOB, JAVA);
        assertEquals("Bob: there is no shared.json: does the server run?\n", early.err());
        startReady(ALICE, PYTHON).kill();

        try (Program alice = startReady(ALICE, PYTHON)) {
            assertBob(run(BOB, JAVA));
            assertEquals(golden(ALICE), alice.out());
            assertEquals(143, alice.terminate());
        }
        assertLeft();
    }

    @Test
    void bobCanMultiplyAsPublished() throws Exception {
        try (Program alice = startReady(ALICE, PYTHON)) {
            Program bob = run(BOB, PYTHON, "--as-published");
            assertTrue(bob.out().contains("Lets multiply 8 and 5: 10\n"), bob.out());
            assertTrue(alice.out().contains("running command multiply with args [2, 5]\n"), alice.out());
        }
    }

    private void assertBob(Program bob) throws Exception {
        assertEquals(golden(BOB), bob.out());
        assertEquals(REFUSED, bob.err());
        assertNotEquals(0, bob.awaitEnd());
    }

    private static java.util.List<String> commands(String log) {
        return log.lines().filter(line -> line.startsWith("running")).toList();
    }
}
