package org.ipckit.demos;

import static org.ipckit.demos.End.ALICE;
import static org.ipckit.demos.End.BOB;
import static org.ipckit.demos.Language.C;
import static org.ipckit.demos.Language.JAVA;
import static org.ipckit.demos.Language.PYTHON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SignalsTest extends PairFixture {

    private static final String KNOWN = "The service is up as far as I know\n";

    SignalsTest() {
        super(Pair.SIGNALS);
    }

    @Test
    void everyClientHearsThatAServiceInJavaIsUpAndDown() throws Exception {
        try (Program bob = start(BOB, C);
                Program bobby = start(BOB, PYTHON)) {
            bob.awaitOut(KNOWN);
            bobby.awaitOut(KNOWN);
            Files.writeString(folder.resolve("pids").resolve("notes"), "not a pid");
            try (Program alice = start(ALICE, JAVA)) {
                alice.awaitOut(
                        "The service is up, clients told: 2\npassed over notes: not a file that is named by a pid\n");
                bob.awaitOut(golden(BOB).substring(0, golden(BOB).indexOf("The service is down")));
                bobby.kill();
                assertEquals(143, alice.terminate());
                assertTrue(alice.out().contains("The service is down, clients told: 1\n"), alice.out());
                assertTrue(alice.out().contains("passed over " + bobby.pid() + ": its process is gone"), alice.out());
            }
            bob.awaitOut(golden(BOB));
            assertEquals(143, bob.terminate());
        }
        assertLeft("pids");
    }

    @Test
    void aClientInJavaHearsServicesInOtherLanguages() throws Exception {
        try (Program bob = startReady(BOB, JAVA)) {
            bob.awaitOut(KNOWN);
            String heard = KNOWN;
            for (Language language : new Language[] {PYTHON, C}) {
                try (Program alice = start(ALICE, language)) {
                    alice.awaitOut("The service is up, clients told: 1\n");
                    bob.awaitOut(heard + "The service is up\n");
                    assertEquals(143, alice.terminate());
                    assertEquals(golden(ALICE), alice.out());
                }
                // Before the next one's first signal, which may overtake the last of this one.
                heard += golden(BOB).substring(KNOWN.length());
                bob.awaitOut(heard);
            }
            assertEquals(143, bob.terminate());
        }
    }
}
