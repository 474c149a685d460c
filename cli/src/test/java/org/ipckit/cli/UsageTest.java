package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sned | ipckit: Unmatched argument at index 0: 'sned'; see 'ipckit --help'",
                "listen | ipckit: Missing required parameter: 'ADDRESS'; see 'ipckit listen --help'",
                "listen uds://x --ecko | ipckit: Unknown option: '--ecko'; did you mean --echo; see 'ipckit listen --help'",
                "listen uds://x --count 0 | ipckit: --count is 0, expected at least 1; see 'ipckit listen --help'",
                "send | ipckit: Missing required parameter: 'ADDRESS'; see 'ipckit send --help'",
                "bench Codecs | ipckit: 'Codecs' is a pattern for --jmh; rows are chosen with --only; see 'ipckit bench --help'",
                "transports --json --markdown | ipckit: Error: --json, --markdown are mutually exclusive (specify only one); see 'ipckit transports --help'",
                "bench --measure luck | ipckit: --measure takes open-loop, set-up, idle, not 'luck'; see 'ipckit bench --help'",
                "bench --sizes 64,big | ipckit: 'big' is no size; sizes are written as 64, 1KiB or 1MiB; see 'ipckit bench --help'",
                "bench --pairs 0 | ipckit: --pairs is from 1 to 99; see 'ipckit bench --help'",
                "bench --rate 0 | ipckit: --rate is above 0 and at most 1000000000 per second, not 0.0; see 'ipckit bench --help'",
            })
    void aWrongCommandLineIsOneLineThatNamesTheMistake(String arguments, String expected) throws InterruptedException {
        Ipckit ipckit = Ipckit.run(arguments.split(" ", -1));

        assertEquals(List.of(expected), ipckit.err());
        assertEquals(List.of(), ipckit.out());
        assertEquals(2, ipckit.exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"listen nonsense", "listen nosuch://x", "listen inproc://x?nosuch=1", "send nonsense text"})
    void anAddressThatIsNotUnderstoodIsAWrongCommandLine(String arguments) throws InterruptedException {
        Ipckit ipckit = Ipckit.run(arguments.split(" ", -1));

        assertEquals(2, ipckit.exitCode());
        assertEquals(1, ipckit.err().size(), () -> ipckit.err().toString());
        assertTrue(
                ipckit.err().get(0).startsWith("ipckit: "), () -> ipckit.err().toString());
        assertTrue(ipckit.err().get(0).endsWith(" --help'"), () -> ipckit.err().toString());
    }

    @Test
    void aDurationThatIsNotUnderstoodNamesThoseThatAre() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("send", "inproc://x", "text", "--timeout", "soon");

        assertEquals(2, ipckit.exitCode());
        assertEquals(1, ipckit.err().size(), () -> ipckit.err().toString());
        assertTrue(ipckit.err().get(0).contains("such as 500ms, 5s, 2m or 1h"), () -> ipckit.err()
                .toString());
    }

    @Test
    void verboseShowsTheStackAndWorksBeforeAndAfterTheCommand() throws InterruptedException {
        for (List<String> arguments :
                List.of(List.of("--verbose", "listen", "bad"), List.of("listen", "bad", "--verbose"))) {
            Ipckit ipckit = Ipckit.run(arguments.toArray(String[]::new));

            assertEquals(2, ipckit.exitCode());
            assertTrue(
                    ipckit.err().stream().anyMatch(line -> line.contains("at org.ipckit.transport.Address.parse")),
                    () -> ipckit.err().toString());
        }
    }

    @Test
    void helpAndVersionGoToStandardOutput() throws InterruptedException {
        for (String command : List.of("choose", "listen", "send", "transports", "codec", "completion")) {
            Ipckit help = Ipckit.run(command, "--help");

            assertEquals(0, help.exitCode());
            assertTrue(help.out().get(0).startsWith("Usage: ipckit " + command), () -> help.out()
                    .toString());
        }
        assertTrue(Ipckit.run("--version").out().get(0).startsWith("ipckit "));
        assertTrue(Ipckit.run("send", "--version").out().get(0).startsWith("ipckit "));
    }

    @Test
    void withoutACommandTheUsageIsShownAsAMistake() throws InterruptedException {
        Ipckit ipckit = Ipckit.run();

        assertEquals(2, ipckit.exitCode());
        assertEquals(List.of(), ipckit.out());
        assertTrue(ipckit.err().get(0).startsWith("Usage: ipckit "), () -> ipckit.err()
                .toString());
    }

    @Test
    void completionKnowsTheCommands() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("completion");

        assertEquals(0, ipckit.exitCode());
        assertTrue(
                ipckit.out().stream().anyMatch(line -> line.contains("listen send publish subscribe transports")),
                () -> String.join("\n", ipckit.out()));
    }
}
