package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.ipckit.transport.Transports;

/**
 * The JVM of one end, or of both where a contender cannot do otherwise. Commands come on standard input, answers go to
 * standard output; between two commands every thread sleeps. When the input ends, so does the process, whatever its
 * threads are doing: that is how it dies with the command that started it.
 */
final class EndProcess {

    private static final long CLOSING_MILLIS = 2_000;

    private final Map<End, BlockingQueue<String>> commands = new EnumMap<>(End.class);
    private final Map<End, EndSession> sessions = new EnumMap<>(End.class);
    private final PrintStream answers;
    private final Path folder;

    private EndProcess(PrintStream answers, Path folder) {
        this.answers = answers;
        this.folder = folder;
    }

    /**
     * Runs until the input ends.
     *
     * @param args the name of the contender, the size of the messages, the folder of the row, the ends: {@code near},
     *     {@code far} or both
     */
    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // what a library prints must not come between the answers
        int sizeBytes = Integer.parseInt(args[1]);
        // Loaded now: binding takes hundreds of milliseconds, which would fall into the first measurement.
        LibC.isAvailable();
        EndProcess process = new EndProcess(answers, Path.of(args[2]));
        for (int i = 3; i < args.length; i++) {
            End end = End.valueOf(args[i].toUpperCase(Locale.ROOT));
            // In one process both ends need the same registry, and each its own contender.
            Contender contender = new Contenders(Transports.registry(), sizeBytes)
                    .find(args[0])
                    .orElseThrow(
                            () -> new IllegalArgumentException("no contender '" + args[0] + "' on this class path"));
            process.start(end, new EndSession(end, contender, sizeBytes, process.folder));
        }
        process.distribute();
        process.end();
    }

    private void start(End end, EndSession session) {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        commands.put(end, queue);
        sessions.put(end, session);
        Thread thread = new Thread(() -> serve(queue, session), "end-" + end);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(BlockingQueue<String> queue, EndSession session) {
        try {
            while (true) {
                answer(session.obey(queue.take()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Reply reply) {
        try {
            String line = Json.MAPPER.writeValueAsString(reply);
            synchronized (answers) {
                answers.println(line);
                answers.flush();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void distribute() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int space = line.indexOf(' ');
            commands.get(End.valueOf(line.substring(0, space))).add(line.substring(space + 1));
        }
    }

    private void end() {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        Thread.sleep(CLOSING_MILLIS);
                    } catch (InterruptedException nobodyInterrupts) {
                        Thread.currentThread().interrupt();
                    }
                    RowFolder.delete(folder);
                    Runtime.getRuntime().halt(1);
                },
                "end-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        sessions.values().forEach(EndSession::close);
        // The command deletes it too; here it goes even if the command was killed.
        RowFolder.delete(folder);
        System.exit(0);
    }
}
