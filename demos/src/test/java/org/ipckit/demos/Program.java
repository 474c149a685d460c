package org.ipckit.demos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of a pair in a process of its own, and what it has said. It is gone when this is closed. */
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it in a folder, with pauses a tenth as long; what it says goes into files beside the folder. */
    static Program start(Path folder, List<String> command) throws IOException {
        Path out = Files.createTempFile(folder.getParent(), "out", "");
        Path err = Files.createTempFile(folder.getParent(), "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("DEMO_HURRY", "10");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Program(builder.start(), out, err);
    }

    long pid() {
        return process.pid();
    }

    String out() throws IOException {
        return Files.readString(out, UTF_8);
    }

    String err() throws IOException {
        return Files.readString(err, UTF_8);
    }

    void awaitOut(String expected) {
        eventually(() -> "it says '" + expected + "': " + said(), () -> said().contains(expected));
    }

    private String said() {
        try {
            return out() + err();
        } catch (IOException refused) {
            return refused.toString();
        }
    }

    /** Waits for its end, and returns its exit code. */
    int awaitEnd() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "it runs on: " + said());
        return process.exitValue();
    }

    /** Ends it by SIGTERM, and returns its exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
