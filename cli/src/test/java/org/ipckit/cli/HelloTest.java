package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's first program is a file that is compiled and run here, the way the README says. */
@Timeout(120)
class HelloTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path PROGRAM = Path.of("src/main/resources/org/ipckit/cli/choose/Hello.java");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    @Test
    void theProgramInTheReadmeIsTheOneThatRunsHere() throws IOException {
        String readme = Files.readString(README);

        assertTrue(readme.contains("```java\n" + Files.readString(PROGRAM) + "```"), "README.md has another program");
    }

    @Test
    void aliceAndBobGreetEachOther() throws Exception {
        Process alice = start("alice");
        Process bob = start("bob");

        assertEquals("Hello, Bob\n", output(bob));
        assertEquals("Hello, Alice\n", output(alice));
    }

    private Process start(String who) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PROGRAM.toString(),
                who);
        // A run directory of its own, so that another program that says hello is not disturbed.
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static String output(Process process) throws Exception {
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
