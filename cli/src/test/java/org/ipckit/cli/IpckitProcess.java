package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own; ended with the test, however that ends. */
final class IpckitProcess implements AutoCloseable {

    private static final long LONGEST_SECONDS = 60;
    private static final boolean SIGNALS_CAN_BE_RESET = succeeds("env", "--default-signal=INT", "true");

    final Captured out = new Captured();
    final Captured err = new Captured();
    private final Process process;
    private final List<Thread> readers = new ArrayList<>();

    private IpckitProcess(Process process) {
        this.process = process;
    }

    static IpckitProcess start(String... args) throws IOException {
        return start(List.of(), args).reading();
    }

    static IpckitProcess startWithOptions(List<String> jvmOptions, String... args) throws IOException {
        return start(jvmOptions, args).reading();
    }

    /** Starts it with an output that nobody reads. */
    static IpckitProcess startUnread(String... args) throws IOException {
        IpckitProcess started = start(List.of(), args);
        started.process.getInputStream().close();
        started.read(started.process.getErrorStream(), started.err);
        return started;
    }

    private static IpckitProcess start(List<String> jvmOptions, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        if (SIGNALS_CAN_BE_RESET) {
            // A build that a shell has put into the background ignores SIGINT, and so would what it starts.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        // It lives for a moment: half of its time would be that of compilers and collectors that start.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        return new IpckitProcess(new ProcessBuilder(command).start());
    }

    static boolean signalsWork() {
        return succeeds("sh", "-c", "kill -0 $$");
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private IpckitProcess reading() {
        read(process.getInputStream(), out);
        read(process.getErrorStream(), err);
        return this;
    }

    private void read(InputStream from, Captured into) {
        Thread reader = new Thread(() -> {
            try {
                from.transferTo(into);
            } catch (IOException closed) {
                into.writeBytes(("reading ended: " + closed + "\n").getBytes(UTF_8));
            }
        });
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    IpckitProcess awaitListening() throws InterruptedException {
        boolean listens = false;
        try {
            err.awaitLine("listening on ");
            listens = true;
            return this;
        } finally {
            if (!listens) {
                kill();
            }
        }
    }

    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Sends a signal as a person or a service manager does. */
    void signal(String name) throws IOException, InterruptedException {
        assertTrue(succeeds("sh", "-c", "kill -" + name + " " + process.pid()), "kill -" + name);
    }

    int awaitExit() throws InterruptedException {
        assertTrue(
                process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), () -> "it runs on: " + out.lines() + err.lines());
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it as {@code kill -9} does and returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
