package org.ipckit.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis server that never outlives this process: a shell between the two holds the other end of a pipe, and kills the
 * server when the pipe ends, which the kernel sees to even if this process is killed. Any thread may use it.
 */
final class ServerProcess implements Closeable {

    private static final int LAST_LINES = 3;
    private static final boolean OWN_SESSION =
            Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"));

    private final Path folder;
    private final Process shell;
    private final ProcessHandle server;

    private ServerProcess(Path folder, Process shell, ProcessHandle server) {
        this.folder = folder;
        this.shell = shell;
        this.server = server;
    }

    /**
     * Starts a server; it may not answer yet.
     *
     * @param folder its own, removed when it has ended
     * @param name the file that others find its socket by; removed when it has ended, if it is still this one's
     */
    static ServerProcess start(Path folder, Path name, Path binary, List<String> settings) throws IOException {
        List<String> words = new ArrayList<>();
        if (OWN_SESSION) {
            // Ctrl+C in a terminal is for the program, which may have last words for the server.
            words.add("setsid");
        }
        words.addAll(List.of("sh", "-c", script(), "ipckit-redis", folder.toString(), name.toString()));
        words.add(binary.toString());
        words.addAll(settings);
        Process shell = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String pid;
        try {
            pid = new BufferedReader(new InputStreamReader(shell.getInputStream(), UTF_8)).readLine();
        } catch (IOException refused) {
            shell.getOutputStream().close();
            throw refused;
        }
        ProcessHandle server = pid == null
                ? null
                : ProcessHandle.of(Long.parseLong(pid.strip())).orElse(null);
        if (server == null) {
            shell.getOutputStream().close();
            throw new IOException("the Redis server " + binary + " has ended at once: " + lastWords(folder));
        }
        return new ServerProcess(folder, shell, server);
    }

    private static String script() {
        try (InputStream text = ServerProcess.class.getResourceAsStream("supervise.sh")) {
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException damagedJar) {
            throw new UncheckedIOException(damagedJar);
        }
    }

    private static String lastWords(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("log"), ISO_8859_1);
            return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException gone) {
            return "it has left no log";
        }
    }

    /** Returns the last lines that the server has logged. */
    String lastWords() {
        return lastWords(folder);
    }

    long pid() {
        return server.pid();
    }

    boolean isAlive() {
        return shell.isAlive() && isRunning(server.pid());
    }

    /** Returns true if the process runs; one that has ended is there until its shell has asked how, and counts as gone. */
    static boolean isRunning(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException goneOrNotLinux) {
            return !Files.exists(Path.of("/proc/self"))
                    && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** Ends the server and waits until it and its files are gone. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        boolean interrupted = false;
        while (shell.isAlive()) {
            try {
                shell.waitFor();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
