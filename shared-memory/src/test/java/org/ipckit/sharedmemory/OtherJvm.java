package org.ipckit.sharedmemory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM that runs a main class of the tests and says lines. It ends with its standard input, or when it is killed. */
final class OtherJvm implements Closeable {

    private final Process process;
    private final BufferedReader lines;

    private OtherJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader(UTF_8);
    }

    static OtherJvm run(Class<?> main, String... arguments) throws IOException {
        return run(List.of(), System.getProperty("java.class.path"), main, arguments);
    }

    static OtherJvm run(List<String> options, String classPath, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=ERROR",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new OtherJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Returns the next line it says; fails at its end. */
    String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the other JVM has ended");
        }
        return line;
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Called by a main class: waits until the JVM that has started this one ends, or tells it to. */
    static void awaitEnd() throws IOException {
        try (BufferedReader end = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            while (end.readLine() != null) {
                Thread.onSpinWait();
            }
        }
    }
}
