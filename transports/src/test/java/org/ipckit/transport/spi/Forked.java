package org.ipckit.transport.spi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another process of the test: a main class of its own, spoken to line by line. It does not outlive the test. */
final class Forked implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;

    private Forked(ProcessBuilder builder) throws IOException {
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a main class of the tests on the same JDK. */
    static Forked java(Class<?> main, String... arguments) throws IOException {
        return java(Map.of(), main, arguments);
    }

    /** Starts a main class of the tests with these variables; one that is empty is not set. */
    static Forked java(Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return new Forked(builder);
    }

    /** Starts any program. */
    static Forked program(String... command) throws IOException {
        return new Forked(new ProcessBuilder(command));
    }

    long pid() {
        return process.pid();
    }

    /** Says a line to it. */
    void say(String line) {
        in.println(line);
    }

    /** Returns the next line it says, null when it has ended. */
    String hear() throws IOException {
        return out.readLine();
    }

    /** Kills it with SIGKILL and waits until it has gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exit();
    }

    /** Stops or continues it: {@code STOP}, {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " " + pid() + " failed");
        }
    }

    /** Waits for its end and returns its exit status. */
    int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + pid() + " has not ended in " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
