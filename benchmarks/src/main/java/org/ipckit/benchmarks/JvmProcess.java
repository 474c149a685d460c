package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A process that hosts an end, or both: a JVM with the java, the options and, unless the contender has its own, the class
 * path of the JVM that runs the command; or the program that the contender has instead.
 * One thread writes commands; any thread closes.
 */
final class JvmProcess implements AutoCloseable {

    /**
     * The options of every row, in words that JDK 17 and later both accept; none changes how fast code runs. The heap is
     * touched before anything is measured: a kernel clears each page when it is first used, and the host of a virtual
     * machine may have to find it first, which is no part of what a message costs. It may grow to four times that: by
     * itself a JVM takes a quarter of the machine, and many rows live at a time.
     */
    static final List<String> FLAGS = Stream.concat(
                    Stream.of(
                            "-Xms" + heapMiB() + "m",
                            "-Xmx" + 4 * heapMiB() + "m",
                            "-XX:+AlwaysPreTouch",
                            "-XX:+IgnoreUnrecognizedVMOptions",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow"),
                    opened())
            .toList();

    private static final long MOST_HEAP_MIB = 128;
    private static final int KEPT_LINES = 5;
    private static final long PATIENCE_MILLIS = 3_000;

    private final Process process;
    private final BufferedWriter commands;
    private final Map<End, Consumer<Reply>> receivers = new ConcurrentHashMap<>();
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread complaintReader;

    /** What of the JDK was opened to this JVM for the sake of some transport, which needs it in its row as well. */
    private static Stream<String> opened() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens=") || option.startsWith("--add-exports="));
    }

    /** Half of the machine's memory for all that live at a time. */
    private static long heapMiB() {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        long share = memory / 2 / (2 * Sections.MOST_PAIRS) / (1 << 20);
        return Math.max(1, Math.min(MOST_HEAP_MIB, share));
    }

    private JvmProcess(Process process) {
        this.process = process;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        this.complaintReader = daemon("bench-stderr", this::readComplaints);
    }

    static JvmProcess start(Contender contender, int sizeBytes, Path folder, End... ends) throws RowFailedException {
        List<String> command = new ArrayList<>(contender.program().orElseGet(() -> java(contender)));
        command.addAll(List.of(contender.name(), Integer.toString(sizeBytes), folder.toString()));
        for (End end : ends) {
            command.add(end.toString());
        }
        try {
            return new JvmProcess(new ProcessBuilder(command).start());
        } catch (IOException refused) {
            throw new RowFailedException("its process cannot be started: " + refused.getMessage());
        }
    }

    private static List<String> java(Contender contender) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(contender.jvmFlags());
        String classPath = contender.classPath().orElse(System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, EndProcess.class.getName()));
        return command;
    }

    /** Says who gets the answers of an end; to be called for every end before the first command. */
    void deliver(End end, Consumer<Reply> receiver) {
        receivers.put(end, receiver);
    }

    /** Begins to read answers. */
    void listen() {
        daemon("bench-answers", this::readAnswers);
    }

    void write(String line) throws RowFailedException {
        try {
            commands.write(line);
            commands.newLine();
            commands.flush();
        } catch (IOException gone) {
            throw new RowFailedException(epitaph());
        }
    }

    private void readAnswers() {
        try (BufferedReader answers = reader(process.getInputStream())) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                Reply reply = Json.MAPPER.readValue(line, Reply.class);
                receivers.get(reply.end()).accept(reply);
            }
            fail(epitaph());
        } catch (JacksonException strange) {
            fail("its process answered something else than JSON: " + strange.getOriginalMessage());
        } catch (IOException unreadable) {
            fail("its process's answers cannot be read: " + unreadable.getMessage());
        }
    }

    private void fail(String reason) {
        receivers.forEach((end, receiver) -> receiver.accept(Reply.failed(end, reason)));
    }

    private String epitaph() {
        try {
            process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            complaintReader.join(PATIENCE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        String ended =
                process.isAlive() ? "its process no longer listens" : "its process ended with " + process.exitValue();
        synchronized (complaints) {
            return complaints.isEmpty() ? ended : ended + ": " + String.join(" | ", complaints);
        }
    }

    private void readComplaints() {
        try (BufferedReader lines = reader(process.getErrorStream())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (complaints) {
                    if (complaints.size() == KEPT_LINES) {
                        complaints.removeFirst();
                    }
                    complaints.addLast(line.strip());
                }
            }
        } catch (IOException closed) {
            // killed while its last words were read: those that came are kept
        }
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, UTF_8));
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Lets the JVM end in good order, so that it removes what it made; the first half of closing. */
    void dismiss() {
        try {
            commands.close();
        } catch (IOException gone) {
            // it has ended already
        }
    }

    /** Ends the JVM: in good order if it does so in time, else by force. */
    @Override
    public void close() {
        dismiss();
        boolean ended = false;
        boolean interrupted = Thread.interrupted(); // an interrupted run must clean up too
        try {
            ended = process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            interrupted = true;
        }
        if (!ended) {
            // What was killed is waited for: its files go only when it cannot make new ones.
            process.destroyForcibly().onExit().join();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
