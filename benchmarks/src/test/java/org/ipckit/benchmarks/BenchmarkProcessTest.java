package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
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

@Timeout(300)
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
        start(2, "inproc", "uds", "refuses", "topic-redis-2");
        String table = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertEquals(1, process.waitFor(), "a row that fails is an exit code of 1: " + table);
        Report report = Report.read(folder.resolve("bench.json"));
        assertTrue(report.completed());
        assertEquals(
                List.of("inproc", "uds", "refuses", "topic-redis-2"),
                report.rows().stream().map(row -> row.row().name()).toList());
        assertEquals(2, report.rows().get(0).rounds().size());
        assertEquals(3, report.rows().get(1).rounds().get(1).figures().size());
        Figure fanOut = report.rows().get(3).rounds().get(1).figures().get(0);
        assertEquals(Measurement.FAN_OUT, fanOut.measurement());
        assertTrue(fanOut.messages() > 0, fanOut.toString());
        assertTrue(table.lines().anyMatch(line -> line.matches("uds +[0-9].*")), table);
        assertTrue(
                table.lines().anyMatch(line -> line.matches("refuses +- the far end: IOException: no such luck")),
                table);
        assertNothingIsLeft(List.of());
    }

    @Test
    void aRowWhoseFarEndIsKilledIsOutAndAnEndedRunLeavesNothingButWhatItHadMeasured() throws Exception {
        start(100_000, "inproc", "uds");
        BufferedReader progress = progress();
        List<ProcessHandle> ends = untilRound(2, progress);
        ends.stream().filter(BenchmarkProcessTest::isFarEnd).forEach(ProcessHandle::destroyForcibly); // SIGKILL
        String failed = until(progress, "uds: ");
        until(progress, "round ");

        process.destroy(); // SIGTERM

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertNothingIsLeft(ends);
        Report report = Report.read(folder.resolve("bench.json"));
        assertFalse(report.completed());
        assertEquals(null, report.rows().get(0).reason());
        assertFalse(report.rows().get(1).rounds().isEmpty());
        assertEquals(failed, "uds: " + report.rows().get(1).reason());
        assertTrue(
                report.rows().get(0).rounds().size()
                        > report.rows().get(1).rounds().size(),
                "the others went on");
    }

    /** The ends say what they are at the end of their command line, which is too long for {@link ProcessHandle.Info}. */
    private static boolean isFarEnd(ProcessHandle end) {
        try {
            String[] words = Files.readString(Path.of("/proc", Long.toString(end.pid()), "cmdline"))
                    .split("\0", -1);
            int last = words.length - 2; // behind the last one is an end too
            return words[last].equals("far") && !words[last - 1].equals("near");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Test
    void aKilledRunLeavesNeitherProcessNorFile() throws Exception {
        start(100_000, "inproc", "uds");
        List<ProcessHandle> ends = untilRound(1, progress());

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

    private BufferedReader progress() {
        return new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    }

    private List<ProcessHandle> untilRound(int round, BufferedReader progress) throws IOException {
        until(progress, "round " + round + " ");
        List<ProcessHandle> ends = process.descendants().toList();
        assertEquals(3, ends.size(), "one JVM of inproc, two of uds");
        return ends;
    }

    private static String until(BufferedReader progress, String start) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = progress.readLine(); line != null; line = progress.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("ended before '" + start + "': " + seen);
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
