package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The program in C that does with each mechanism of the system what our transports do with it. It is compiled when its
 * sources have changed and a compiler is there.
 */
final class LimitsProgram {

    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
    private static final List<String> OPTIONS = List.of("-O2", "-std=gnu11");
    private static final List<String> LIBRARIES = List.of("-lrt", "-lpthread");

    private final Path executable;
    private final Map<String, Set<Measurement>> mechanisms;

    private LimitsProgram(Path executable, Map<String, Set<Measurement>> mechanisms) {
        this.executable = executable;
        this.mechanisms = mechanisms;
    }

    /**
     * Compiles the program, or finds it compiled.
     *
     * @param sources the folder of the C files
     * @param built where the executable of these sources is kept for the next time
     * @throws RowFailedException if there are no sources or no compiler, or the compiler refuses them
     */
    static LimitsProgram prepare(Path sources, Path built) throws RowFailedException, InterruptedException {
        try {
            Path compiler = compiler(System.getenv("PATH"))
                    .orElseThrow(() -> new RowFailedException(
                            "no C compiler (" + String.join(", ", COMPILERS) + ") is on the PATH"));
            List<Path> files = sources(sources);
            Path folder = Files.createDirectories(built.resolve(hash(files, compiler)));
            Path executable = folder.resolve("limits");
            if (!Files.isExecutable(executable)) {
                compile(compiler, files, executable);
            }
            Finished listed = Finished.run(List.of(executable.toString(), "list"));
            return new LimitsProgram(executable, parseList(listed.output()));
        } catch (IOException refused) {
            throw new RowFailedException("the C program cannot be built: " + refused.getMessage());
        }
    }

    /** Returns what the program can measure, by mechanism. */
    Map<String, Set<Measurement>> mechanisms() {
        return mechanisms;
    }

    Path executable() {
        return executable;
    }

    static Optional<Path> compiler(String path) {
        for (String name : COMPILERS) {
            for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
                Path candidate = Path.of(folder, name);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Path> sources(Path folder) throws IOException, RowFailedException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> found = files.filter(file -> file.toString().matches(".*\\.[ch]"))
                        .sorted()
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        throw new RowFailedException("the sources of the C program are not in " + folder);
    }

    private static void compile(Path compiler, List<Path> files, Path executable)
            throws IOException, RowFailedException, InterruptedException {
        // Under another name first: whoever finds the executable finds all of it.
        Path unfinished =
                executable.resolveSibling("limits-" + ProcessHandle.current().pid());
        List<String> command = new ArrayList<>(List.of(compiler.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-o", unfinished.toString()));
        files.stream().map(Path::toString).filter(name -> name.endsWith(".c")).forEach(command::add);
        command.addAll(LIBRARIES);
        Finished finished = Finished.run(command);
        if (finished.exitCode() != 0) {
            Files.deleteIfExists(unfinished);
            throw new RowFailedException(compiler + " refuses the C program: "
                    + finished.errors().lines().findFirst().orElse("it does not say why"));
        }
        Files.move(unfinished, executable, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String hash(List<Path> files, Path compiler) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((compiler + " " + OPTIONS + " " + LIBRARIES).getBytes(UTF_8));
            for (Path file : files) {
                digest.update(file.getFileName().toString().getBytes(UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Reads lines of name, abilities joined by commas, and a description. */
    static Map<String, Set<Measurement>> parseList(String text) {
        Map<String, Set<Measurement>> mechanisms = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.trim().split(" +", 3);
            Set<Measurement> able = new TreeSet<>();
            for (String ability : words[1].split(",", -1)) {
                switch (ability) {
                    case "round-trip" -> able.add(Measurement.ROUND_TRIP);
                    case "one-way" -> able.add(Measurement.ONE_WAY);
                    case "batch" -> able.add(Measurement.ONE_WAY_BATCHED);
                    case "open-loop" -> able.add(Measurement.OPEN_LOOP);
                    default -> {
                        // an ability that this runner has no use for
                    }
                }
            }
            mechanisms.put(words[0], able);
        }
        return mechanisms;
    }
}
