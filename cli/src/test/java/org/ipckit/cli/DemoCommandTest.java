package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipckit.demos.End;
import org.ipckit.demos.Mistake;
import org.ipckit.demos.Pair;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The teaching programs are found, explained and run. */
@Timeout(120)
class DemoCommandTest {

    @TempDir
    private Path folder;

    @Test
    void allPairsAndMistakesAreListed() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("demo");

        assertEquals(0, ipckit.exitCode());
        String said = String.join("\n", ipckit.out());
        for (Pair pair : Pair.values()) {
            assertTrue(said.contains("./ipckit demo " + pair.folder() + " "), said);
        }
        for (Mistake mistake : Mistake.values()) {
            assertTrue(said.contains(mistake.title() + " "), said);
        }
    }

    @Test
    void theTableIsTheOneInThePages() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "learn", "README.md"));

        assertEquals(
                page.substring(page.indexOf("<!-- summary -->\n") + 17, page.indexOf("<!-- /summary -->")),
                String.join("\n", Ipckit.run("demo", "--table").out()) + "\n",
                "put what ./ipckit demo --table prints into docs/learn/README.md");
    }

    @Test
    void aboutSaysWhatSpeaksForAndAgainstIt() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("demo", "pipes", "--about");

        assertEquals(0, ipckit.exitCode());
        assertEquals(
                List.of("Pros", "  - fast and efficient", "  - no external services", "", "Cons"),
                ipckit.out().subList(ipckit.out().indexOf("Pros"), ipckit.out().indexOf("Cons") + 1));
        assertTrue(ipckit.out().contains("  - not cross-platform"));
        assertTrue(ipckit.out().contains("  Both sides meet at: backing file name."), () -> ipckit.out()
                .toString());
    }

    @Test
    void bothEndsRunEachInItsLanguageAndNothingIsLeft() throws Exception {
        Required.program("cc");

        Ipckit ipckit = Ipckit.run("demo", "pipes", "bob", "--with", "c");

        assertEquals(0, ipckit.exitCode(), () -> ipckit.err().toString());
        String head = ipckit.out().get(0);
        assertTrue(head.startsWith("(pipes: Bob in java, Alice in c, in /"));
        assertEquals(
                List.of(
                        "alice | (was ended, like by Ctrl+C)",
                        "alice | terrible looking machine output",
                        "bob   | (has ended, exit code 0)"),
                ipckit.out().stream().skip(1).sorted().toList());
        String place = head.substring(head.indexOf('/'), head.lastIndexOf("/run)"));
        assertFalse(Files.exists(Path.of(place)), place);
    }

    @Test
    void whatDoesNotExistIsSaidWithWhatDoes() throws InterruptedException {
        for (String[] wrong : new String[][] {
            {"demo", "carrier-pigeons"},
            {"demo", "pipes", "eve"},
            {"demo", "pipes", "--with", "cobol"},
            {"demo", "--mistake", "none"}
        }) {
            assertEquals(2, Ipckit.run(wrong).exitCode(), String.join(" ", wrong));
        }
        Ipckit noSuchProgram = Ipckit.run("demo", "files", "--with", "c", "--dir", folder.toString());
        assertEquals(1, noSuchProgram.exitCode());
        assertTrue(
                noSuchProgram.err().get(0).contains("files has no Bob in c"),
                () -> noSuchProgram.err().toString());
    }

    @Test
    void namesAreColouredForPeopleOnly() throws Exception {
        assertEquals("bob   | hello\n", said(false));
        assertEquals("\u001b[33mbob   |\u001b[0m hello\n", said(true));
    }

    private static String said(boolean coloured) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream nothing = InputStream.nullInputStream()) {
            Terminal terminal = new Terminal(nothing, () -> false, out, new ByteArrayOutputStream());
            new DemoLines(terminal, coloured).print(End.BOB, "hello");
        }
        return out.toString(UTF_8);
    }
}
