package org.ipckit.demos.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipckit.demos.Launcher;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sensors in Python, processing in C and a page, started by one command and ended by Ctrl+C. */
@Timeout(180)
class ScenarioTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** A build that a shell has put into the background ignores SIGINT, and so would what it starts. */
    private static final List<String> TAKING_SIGINT = List.of(
            "python3",
            "-c",
            "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])");

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private Process scenario;
    private List<ProcessHandle> programs = List.of();

    private URI start(String... arguments) throws IOException {
        Required.program("python3");
        Required.program("cc");
        List<String> java = Launcher.java(Scenario.class.getName());
        List<String> command = new ArrayList<>(TAKING_SIGINT);
        command.add(java.get(0));
        command.add("-Djava.io.tmpdir=" + folder); // what is killed cannot clean up
        command.addAll(java.subList(1, java.size()));
        command.addAll(List.of("..", "0"));
        command.addAll(List.of(arguments));
        scenario = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader lines = scenario.inputReader(UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith("the page: ")) {
            said.add(line);
            line = lines.readLine();
        }
        assertTrue(line != null, said::toString);
        programs = scenario.descendants().toList();
        return URI.create(line.replaceAll("the page: (\\S+) .*", "$1"));
    }

    /** Returns the page when it shows what the condition wants. */
    private String page(URI page, String shows) throws Exception {
        HttpClient browser = HttpClient.newHttpClient();
        String shown = "";
        long start = System.nanoTime();
        while (!shown.contains(shows) && System.nanoTime() - start < SOON.toNanos()) {
            try {
                shown = browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString(UTF_8))
                        .body();
            } catch (IOException notYet) {
                shown = notYet.toString();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertTrue(shown.contains(shows), shown + said);
        return shown;
    }

    private void assertEndsWithAllItsPrograms(String signal) throws Exception {
        assertTrue(programs.size() >= 3, programs::toString);
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, String.valueOf(scenario.pid()))
                        .start()
                        .waitFor());
        assertTrue(scenario.waitFor(SOON.toSeconds(), TimeUnit.SECONDS));
        for (ProcessHandle each : programs) {
            each.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void endAll() {
        programs.forEach(ProcessHandle::destroyForcibly);
        if (scenario != null) {
            scenario.destroyForcibly();
        }
    }

    @Test
    void whatPythonMeasuresCalculatesCAndThePageShowsItUntilCtrlC() throws Exception {
        URI page = start("plain");
        page(page.resolve("?sensor=no-such"), "there is no measurement of no-such yet");

        String shown = page(page.resolve("?sensor=memory&last=3"), "\"greatest\":");

        assertTrue(shown.contains("\"unit\":\"MiB\""), shown);
        assertTrue(shown.contains("\"sensors\":[\"memory\""), shown);
        Path place = Path.of(said.get(0).replace("station: listens in ", ""));
        assertTrue(Files.isDirectory(place) && place.startsWith(folder), place::toString);
        assertEndsWithAllItsPrograms("INT");
        assertFalse(Files.exists(place), place::toString);
    }

    /** Not skipped where there is no PHP: then the page is the plain one, and must be there all the same. */
    @Test
    void thePageIsThatInPhpWherePhpIsAndNothingOutlivesAKilledScenario() throws Exception {
        URI page = start();

        String shown = page(page.resolve("?sensor=memory&last=3"), "greatest");

        assertTrue(shown.contains("MiB"), shown);
        assertEquals(hasPhp(), shown.contains("shown by PHP"), shown);
        assertEndsWithAllItsPrograms("KILL");
    }

    private static boolean hasPhp() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "php")));
    }
}
