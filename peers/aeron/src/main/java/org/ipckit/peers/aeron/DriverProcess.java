package org.ipckit.peers.aeron;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipckit.benchmarks.RowFolder;

/** The process of the media driver, with the class path and the options of this one. */
final class DriverProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 2;
    private static final List<String> FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    private final Process process;
    private final Path folder;

    private DriverProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it, and waits until it is ready. */
    static DriverProcess start(Path rowFolder) throws IOException {
        Path folder = RowFolder.inMemory(rowFolder, "aeron");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Driver.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Driver.READY)) {
                return new DriverProcess(process, folder);
            }
        }
        throw new IOException("the media driver does not start");
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
