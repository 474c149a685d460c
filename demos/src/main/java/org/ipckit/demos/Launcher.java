package org.ipckit.demos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Knows how each program is started: a JVM with this one's class path, an interpreter, or a compiler first. */
public final class Launcher {

    /** A Python found first on the path may be one that the system's modules do not belong to. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3");

    private static final Map<Pair, String> MODULES = Map.of(Pair.FILES, "filelock", Pair.MESSAGE_QUEUE, "redis");

    private final Path programs;
    private final Path compiled;

    /**
     * Starts the programs of a checkout.
     *
     * @param programs the folder with the folders {@code python} and {@code c}
     * @param compiled where programs in C are put
     */
    public Launcher(Path programs, Path compiled) {
        this.programs = programs.toAbsolutePath();
        this.compiled = compiled.toAbsolutePath();
    }

    /**
     * Returns the command that starts one end of a pair.
     *
     * @throws IOException if it does not exist in that language, or what it needs is not installed
     */
    public List<String> command(Pair pair, End end, Language language, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                switch (language) {
                    case JAVA -> java(pair.program(end));
                    case PYTHON -> List.of(python(pair), source(pair, end, language, "py"));
                    case C -> List.of(compiled(pair, end, source(pair, end, language, "c")));
                });
        command.addAll(arguments);
        return command;
    }

    /** Returns the command that starts a main class. */
    public static List<String> java(String mainClass) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=ERROR",
                // It lives for a moment: half of its time would be that of compilers and collectors that start.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass);
    }

    /** Returns the source of a program in another language. */
    private String source(Pair pair, End end, Language language, String extension) throws IOException {
        Path source = programs.resolve(language.toString()).resolve(pair.source(end, extension));
        if (!Files.exists(source)) {
            throw new IOException(
                    "there is no " + source + ": " + pair.folder() + " has no " + end.title() + " in " + language);
        }
        return source.toString();
    }

    private String python(Pair pair) throws IOException {
        String module = MODULES.getOrDefault(pair, "sys");
        for (String python : PYTHONS) {
            if (succeeds(python, "-c", "import " + module)) {
                return python;
            }
        }
        throw new IOException("no python3 here has the module " + module + " (Debian: python3-" + module + ")");
    }

    private String compiled(Pair pair, End end, String source) throws IOException {
        Path program = compiled.resolve(pair.source(end, "c").replace(".c", ""));
        if (!succeeds("cc", "-std=gnu11", "-O1", "-o", program.toString(), source)) {
            throw new IOException("the C compiler 'cc' is not installed, or it refuses " + source);
        }
        return program.toString();
    }

    private boolean succeeds(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(compiled.toFile()) // the checkout has folders that Python would take for modules
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
