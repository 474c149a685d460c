package org.ipckit.demos.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ipckit.transport.spi.Daemons;

/** One of the three programs, in a process of its own, whose lines are printed with its name before them. */
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final String name;
    private final Process process;
    private final Consumer<String> lines;

    private Program(String name, Process process, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        this.lines = lines;
    }

    /** Starts a program; its standard input stays open as long as this process lives. */
    static Program start(String name, List<String> command, Map<String, String> environment, Consumer<String> lines)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Program program = new Program(name, builder.start(), lines);
        lines.accept(name + ": runs as process " + program.process.pid());
        Daemons.thread(name, program::print).start();
        return program;
    }

    /**
     * Compiles a program in C.
     *
     * @return what to start
     * @throws IOException if there is no compiler, or it refuses
     */
    static Path compiled(Path source, Path headers, Path folder) throws IOException {
        Path program = folder.resolve(source.getFileName().toString().replace(".c", ".program"));
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-std=gnu11",
                        "-O2",
                        "-I",
                        headers.toString(),
                        "-o",
                        program.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        try {
            if (compiler.waitFor() != 0) {
                throw new IOException("cc does not compile " + source + ": " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + source + " was compiled", interrupted);
        }
        return program;
    }

    private void print() {
        try (var said = process.inputReader(UTF_8)) {
            said.lines().forEach(line -> lines.accept(name + ": " + line));
        } catch (IOException | UncheckedIOException closed) {
            lines.accept(name + ": says no more: " + closed.getMessage());
        }
    }

    String name() {
        return name;
    }

    /** Returns when it has ended. */
    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** Ends it: by the end of its input, by a signal, for good. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            lines.accept(name + ": has gone already: " + gone.getMessage());
        }
        if (!endsSoon(1)) {
            process.destroy();
            if (!endsSoon(PATIENCE_SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private boolean endsSoon(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
