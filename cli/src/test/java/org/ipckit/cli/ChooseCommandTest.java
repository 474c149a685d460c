package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipckit.cli.choose.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChooseCommandTest {

    @TempDir
    private Path folder;

    @Test
    void anOptionIsEnoughAndTheAnswerBeginsWithTheBestAndEndsWithAProgram() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("choose", "--size", "64");

        assertEquals(0, ipckit.exitCode(), () -> ipckit.err().toString());
        String text = String.join("\n", ipckit.out());
        assertTrue(text.contains(" 1.  uds://hello   (Unix domain socket)"), text);
        assertTrue(text.contains("./ipckit bench"), text);
        assertTrue(text.contains("Transports.connect(\"uds://hello\")"), text);
    }

    @Test
    void withoutATerminalAndWithoutOptionsTheOptionsAreNamed() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("choose");

        assertEquals(2, ipckit.exitCode());
        for (Question question : Question.values()) {
            assertTrue(ipckit.err().get(0).contains(question.option()), () -> ipckit.err()
                    .toString());
        }
    }

    @Test
    void anOptionThatIsNotUnderstoodNamesWhatIs() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("choose", "--reach", "moon");

        assertEquals(2, ipckit.exitCode());
        assertTrue(
                ipckit.err().get(0).contains("--reach is 'moon', expected process, machine, network"),
                () -> ipckit.err().toString());
    }

    @Test
    void inATerminalEveryQuestionIsAskedUntilItsAnswerIsUnderstood() throws InterruptedException {
        Ipckit ipckit = new Ipckit()
                .atTerminal()
                .withInput("lots\n1KiB\n\nnetwork\n")
                .start("choose")
                .awaitEnd();

        assertEquals(0, ipckit.exitCode(), () -> ipckit.err().toString());
        String asked = String.join("\n", ipckit.err());
        assertTrue(asked.contains("--size is 'lots', expected a size"), asked);
        for (Question question : Question.values()) {
            assertTrue(asked.contains(question.text()), asked);
        }
        assertTrue(ipckit.out().get(2).contains("tcp://"), () -> ipckit.out().toString());
    }

    @Test
    void nothingThatFitsIsAFailureWithTheReasons() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("choose", "--size", "1GiB", "--survive-restart", "--trust", "others");

        assertEquals(1, ipckit.exitCode());
        assertTrue(ipckit.out().get(0).startsWith("No transport"), () -> ipckit.out()
                .toString());
    }

    @Test
    void aFileThatHasNoResultsIsNamed() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes"), "uds is fast");

        Ipckit ipckit = Ipckit.run("choose", "--size", "64", "--results", notes.toString());

        assertEquals(1, ipckit.exitCode());
        assertTrue(ipckit.err().get(0).contains(notes + ": these are no results"), () -> ipckit.err()
                .toString());
    }

    @Test
    void theCostsAreThoseOfTheResultsAndScriptsGetThemAsJson() throws Exception {
        Path results = folder.resolve("bench.json");
        Ipckit.run("bench", "--only", "inproc", "--rounds", "1", "--seconds", "0.001", "--json", results.toString());

        Ipckit ipckit =
                Ipckit.run("choose", "--reach", "process", "--rate", "1", "--json", "--results", results.toString());

        assertEquals(0, ipckit.exitCode(), () -> ipckit.err().toString());
        JsonNode answer = new ObjectMapper().readTree(String.join("\n", ipckit.out()));
        JsonNode first = answer.get("ranked").get(0);
        assertEquals("inproc", first.get("scheme").asText());
        assertTrue(first.get("cost").get("messagesPerSecond").asDouble() > 1, answer::toString);
        assertTrue(answer.get("measured").get("thisMachine").asBoolean(), answer::toString);
        assertTrue(answer.get("refused").size() > 0 && answer.get("program").size() > 5, answer::toString);
    }
}
