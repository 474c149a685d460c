package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class BenchmarkProcessTest {

    @TempDir
    private Path folder;

    private Path temporary;
    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void aWholeRunPrintsTheTableAndWritesTheFigures() throws Exception {
        start(2, "inproc", "uds", "refuses");
        String table = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertEquals(1, process.waitFor(), "a row that fails is an exit code of 1: " + table);
        Report report = Report.read(folder.resolve("bench.json"));
        assertTrue(report.completed());
        assertEquals(
                List.of("inproc", "uds", "refuses"),
                report.rows().stream().map(row -> row.row().name()).toList());
        assertEquals(2, report.rows().get(0).rounds().size());
        assertEquals(3, report.rows().get(1).rounds().get(1).figures().size());
        assertTrue(table.lines().anyMatch(line -> line.matches("uds +[0-9].*")), table);
        assertTrue(
                table.lines().anyMatch(line -> line.matches("refuses +- the far end: IOException: no such luck")),
                table);
        assertNothingIsLeft(List.of());
    }

    @Test
    void anEndedRunLeavesNothingButWhatItHadMeasured() throws Exception {
        start(100_000, "inproc", "uds");
        List<ProcessHandle> ends = untilRound(2);

        process.destroy(); // SIGTERM

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertNothingIsLeft(ends);
        Report report = Report.read(folder.resolve("bench.json"));
        assertFalse(report.completed());
        assertFalse(report.rows().get(0).rounds().isEmpty());
        assertEquals(null, report.rows().get(0).reason());
    }

    @Test
    void aKilledRunLeavesNeitherProcessNorFile() throws Exception {
        start(100_000, "inproc", "uds");
        List<ProcessHandle> ends = untilRound(1);

        process.destroyForcibly(); // SIGKILL: nothing of ours can clean up here

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertNothingIsLeft(ends);
    }

    private void start(int rounds, String... rows) throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmProcess.FLAGS);
        command.addAll(BriskContender.FLAGS);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchmarkMain.class.getName()));
        command.addAll(List.of(folder.resolve("bench.json").toString(), Integer.toString(rounds)));
        command.addAll(List.of(rows));
        process = new ProcessBuilder(command).start();
    }

    private List<ProcessHandle> untilRound(int round) throws IOException {
        BufferedReader progress = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
        StringBuilder seen = new StringBuilder();
        for (String line = progress.readLine(); line != null; line = progress.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith("round " + round + " ")) {
                List<ProcessHandle> ends = process.descendants().toList();
                assertEquals(3, ends.size(), "one JVM of inproc, two of uds");
                return ends;
            }
        }
        throw new AssertionError("ended before round " + round + ": " + seen);
    }

    private void assertNothingIsLeft(List<ProcessHandle> ends) throws Exception {
        for (ProcessHandle end : ends) {
            end.onExit().get(60, TimeUnit.SECONDS);
        }
        try (Stream<Path> left = Files.walk(temporary)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.getFileName().toString().startsWith("ipckit-bench-"))
                            .toList());
        }
    }
}
