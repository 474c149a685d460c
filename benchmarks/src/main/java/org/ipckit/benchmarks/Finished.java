package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that ran to its end. */
record Finished(int exitCode, String output, String errors) {

    private static final long LONGEST_SECONDS = 120;

    /** Runs a command to its end. */
    static Finished run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        try {
            return of(process, LONGEST_SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Waits for a process that was started; one that takes longer is killed. */
    static Finished of(Process process, long longestSeconds) throws IOException, InterruptedException {
        process.getOutputStream().close();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Thread outputs = collect(process.getInputStream(), output);
        Thread complaints = collect(process.getErrorStream(), errors);
        if (!process.waitFor(longestSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it did not end within " + longestSeconds + " s and was killed");
        }
        outputs.join();
        complaints.join();
        return new Finished(process.exitValue(), output.toString(UTF_8), errors.toString(UTF_8));
    }

    private static Thread collect(InputStream from, ByteArrayOutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try (from) {
                        from.transferTo(to);
                    } catch (IOException killed) {
                        // what came before is what there is
                    }
                },
                "bench-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
