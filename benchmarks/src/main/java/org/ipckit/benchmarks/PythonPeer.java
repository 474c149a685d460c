package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Python's {@code multiprocessing.connection} over a Unix domain socket, {@code peer-python}. Both ends are Python, as they
 * are where it is used: a row with one end here would say as much about Java.
 */
final class PythonPeer implements PeerContender {

    private static final String PYTHON = "python3";

    @Override
    public String name() {
        return "peer-python";
    }

    @Override
    public Optional<String> limit() {
        return Optional.of("uds");
    }

    @Override
    public Set<Measurement> measurements() {
        return Set.of(Measurement.ROUND_TRIP, Measurement.ONE_WAY);
    }

    @Override
    public Optional<String> unavailable() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PYTHON)))
                ? Optional.empty()
                : Optional.of("there is no program '" + PYTHON + "' on the path");
    }

    @Override
    public Optional<List<String>> program() {
        try (InputStream script = PythonPeer.class.getResourceAsStream("python_end.py")) {
            return Optional.of(List.of(PYTHON, "-c", new String(script.readAllBytes(), UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        throw new IOException(name() + " has no end in Java");
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        throw new IOException(name() + " has no end in Java");
    }
}
