package org.ipckit.signals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipckit.testkit.Required;

/** Another process, which says lines and is gone when this is closed. */
final class Jvm implements Closeable {

    private final Process process;
    private final BufferedReader out;

    private Jvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Starts a main class of these tests in a JVM with these options. */
    static Jvm start(List<String> options, Class<?> main, Object... arguments) throws IOException {
        return run(command(options, main, arguments).toArray(String[]::new));
    }

    /** Starts a main class of these tests where so many signals may be queued. */
    static Jvm startWithQueue(int length, Class<?> main, Object... arguments) throws IOException {
        Required.program("prlimit");
        List<String> command = command(List.of(), main, arguments);
        command.addAll(0, List.of("prlimit", "--sigpending=" + length));
        return run(command.toArray(String[]::new));
    }

    private static List<String> command(List<String> options, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=ERROR",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Starts a main class of these tests. */
    static Jvm start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** Starts a program. */
    static Jvm run(String... command) throws IOException {
        return new Jvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for its next line; null when it says no more. */
    String line() throws IOException {
        return out.readLine();
    }

    /** Waits for its next line, which has to be this one. */
    void awaitLine(String expected) throws IOException {
        String line = line();
        if (!expected.equals(line)) {
            throw new AssertionError("expected '" + expected + "', it says '" + line + "'");
        }
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    Process process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it has ended, and returns how. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " does not end");
        }
        return process.exitValue();
    }

    /** Finds its receiver, which is the thread that blocks the signal. */
    ReceiverPlace receiver() throws IOException {
        ProcessIdentity process = ProcessIdentity.of(pid()).orElseThrow();
        int signal = Receiver.ofThisJvm().place().signal();
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (ProcessIdentity.read(thread.resolve("comm").toString()).startsWith("ipckit-signals")) {
                    return new ReceiverPlace(
                            process, Integer.parseInt(thread.getFileName().toString()), signal);
                }
            }
        }
        throw new AssertionError("it has no receiver");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
