package org.ipckit.demos.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ipckit.demos.Launcher;
import org.ipckit.demos.Lesson;

/**
 * The whole: the station in this process, and sensors in Python, processing in C and a page in PHP in one each. Closing it
 * ends them all; so does the end of this process, however it comes.
 */
public final class Scenario implements AutoCloseable {

    /** A server of PHP does not mind who started it: this ends it when standard input ends. */
    private static final String WHILE_INPUT_IS_OPEN =
            """
            exec 3<&0
            "$@" 3<&- &
            page=$!
            { read -r never <&3; kill $page; } &
            wait $page
            code=$?
            kill $!
            exit $code
            """;

    private final Consumer<String> lines;
    private final Path folder;
    private final Station station;
    private final URI page;
    private final List<Program> programs = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Scenario(Path folder, int port, Consumer<String> lines) {
        this.lines = lines;
        this.folder = folder;
        this.page = URI.create("http://127.0.0.1:" + port + "/");
        this.station = new Station(folder, new Talk(lines), lines);
        lines.accept("station: listens in " + folder);
    }

    /**
     * Starts everything.
     *
     * @param home the folder with the sources of ipckit, where the programs in other languages are
     * @param port the page's; 0 takes a free one
     * @param php whether the page is that in PHP, where there is PHP
     * @param lines takes what happens and what the programs say, on any thread
     * @throws IOException if Python or the C compiler is not there, or a port is not free
     */
    public static Scenario start(Path home, int port, boolean php, Consumer<String> lines) throws IOException {
        Scenario scenario = new Scenario(Files.createTempDirectory("ipckit-scenario-"), free(port), lines);
        boolean started = false;
        try {
            scenario.startPrograms(home.toAbsolutePath(), php && hasPhp());
            lines.accept("the page: " + scenario.page + " (Ctrl+C ends everything)");
            started = true;
            return scenario;
        } finally {
            if (!started) {
                scenario.close();
            }
        }
    }

    private static int free(int port) throws IOException {
        try (ServerSocket free = new ServerSocket(port)) {
            return free.getLocalPort();
        } catch (IOException taken) {
            throw new IOException("port " + port + " is not free for the page: " + taken.getMessage(), taken);
        }
    }

    private static boolean hasPhp() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "php")));
    }

    private void startPrograms(Path home, boolean php) throws IOException {
        Path sources = home.resolve("demos/scenario");
        Path processing =
                Program.compiled(sources.resolve("processing.c"), home.resolve("shared-memory/interop"), folder);
        String pages = Station.pages(folder).toString();
        start("processing.c", processing.toString(), Station.processing(folder).toString());
        start(
                "sensors.py",
                "python3",
                "-u",
                sources.resolve("sensors.py").toString(),
                Station.sensors(folder).toString());
        if (php) {
            List<String> command = List.of(
                    "sh",
                    "-c",
                    WHILE_INPUT_IS_OPEN,
                    "sh",
                    "php",
                    "-S",
                    page.getAuthority(),
                    sources.resolve("page.php").toString());
            programs.add(Program.start("page.php", command, Map.of("STATION", pages), lines));
        } else {
            List<String> command = new ArrayList<>(Launcher.java(PlainPage.class.getName()));
            command.addAll(List.of(String.valueOf(page.getPort()), pages));
            programs.add(Program.start("plain page", command, Map.of(), lines));
        }
    }

    private void start(String name, String... command) throws IOException {
        programs.add(Program.start(name, List.of(command), Map.of(), lines));
    }

    /** Returns where the page is. */
    public URI page() {
        return page;
    }

    /** Waits until one of the programs has ended by itself, and tells which. */
    public void awaitEnd() {
        CompletableFuture.anyOf(programs.stream().map(Program::ended).toArray(CompletableFuture[]::new))
                .join();
        programs.stream()
                .filter(each -> each.ended().isDone() && !closed.get())
                .forEach(each -> lines.accept(each.name() + ": has ended with exit code "
                        + each.ended().join().exitValue()));
    }

    /** Ends the programs, then the station, and removes what it made; the second time does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        station.close();
        programs.forEach(Program::close);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException refused) {
            lines.accept("station: cannot remove " + folder + ": " + refused.getMessage());
        }
    }

    /**
     * Runs it until Ctrl+C.
     *
     * @param args the folder with the sources of ipckit, the port of the page, and {@code plain} for no PHP
     */
    public static void main(String[] args) throws IOException {
        Lesson.of("scenario");
        Path home = Path.of(args.length > 0 ? args[0] : ".");
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
        boolean php = args.length < 3 || !args[2].equals("plain");

        Consumer<String> out = System.out::println;
        try (Scenario scenario = start(home, port, php, out)) {
            Lesson.atEnd(scenario::close);
            scenario.awaitEnd();
        }
    }
}
