package org.ipckit.demos.mistakes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipckit.demos.End;
import org.ipckit.demos.Launcher;
import org.ipckit.demos.Pair;
import org.ipckit.signals.PidDirectory;

/** Sends Bob five signals while he is stopped, and counts how many he gets. */
public final class MergedSignals {

    private static final int SENT = 5;
    private static final long SILENCE_NANOS = 300_000_000;

    private MergedSignals() {}

    public static void main(String[] args) throws Exception {
        Process bob = new ProcessBuilder(Launcher.java(Pair.SIGNALS.program(End.BOB)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader words =
                new BufferedReader(new InputStreamReader(bob.getInputStream(), StandardCharsets.UTF_8))) {
            words.readLine(); // he has entered
            PidDirectory clients = PidDirectory.at(Path.of("pids"));

            kill("STOP", bob);
            while (!isStopped(bob)) {
                Thread.sleep(1);
            }
            for (int i = 0; i < SENT; i++) {
                clients.signal("USR1"); // the service is up
            }
            kill("CONT", bob);

            words.readLine(); // "The service is up"
            int came = 1;
            for (long end = System.nanoTime() + SILENCE_NANOS; System.nanoTime() < end; Thread.sleep(1)) {
                if (words.ready()) {
                    words.readLine();
                    came++;
                }
            }
            System.out.println("SIGUSR1 sent: " + SENT + ", taken: " + came);
        } finally {
            bob.destroy();
            bob.waitFor();
        }
    }

    private static boolean isStopped(Process process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/status")).contains("State:\tT");
    }

    private static void kill(String signal, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }
}
