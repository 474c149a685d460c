package org.ipckit.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.TransportRegistry;
import org.ipckit.transport.Transports;

/**
 * A transport between this JVM and a far end in another, for a benchmark that keeps the time itself. Messages are written,
 * read and checked as in the rows of {@link Benchmark}. One thread uses it.
 */
public final class ForkedPair implements AutoCloseable {

    /** The options of the far end's JVM, which the JVM of the near end should have too. */
    public static final List<String> FLAGS = JvmProcess.FLAGS;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path folder;
    private final JvmProcess process;
    private final RemoteEnd far;
    private final Payload payload;
    private final Payload theirs;
    private final MessageHandler answer = message -> theirs().check(message, expected());
    private Exchange exchange;
    private long sent;
    private long expected;

    private ForkedPair(Path folder, JvmProcess process, int sizeBytes) {
        this.folder = folder;
        this.process = process;
        this.far = new RemoteEnd(End.FAR, process);
        this.payload = new Payload(End.NEAR, sizeBytes);
        this.theirs = new Payload(End.FAR, sizeBytes);
    }

    /** Returns the names of the transports of a registry that work here and can leave a JVM. */
    public static List<String> transports(TransportRegistry registry) {
        return new Contenders(registry, Payload.SMALLEST_BYTES)
                .all().stream()
                        .filter(contender -> contender.group() == Contender.Group.TRANSPORT)
                        .filter(contender -> contender.unavailable().isEmpty() && !contender.oneProcess())
                        .map(Contender::name)
                        .toList();
    }

    /**
     * Starts a far end that listens, and connects to it.
     *
     * @param name of a row of the benchmark, such as {@code uds} or {@code shm?wait=spin}
     * @param sizeBytes the size of all messages
     */
    public static ForkedPair open(String name, int sizeBytes) throws IOException {
        Contender contender = new Contenders(Transports.registry(), sizeBytes)
                .find(name)
                .orElseThrow(() -> new IOException("there is no row '" + name + "'"));
        Path folder = RowFolder.create();
        ForkedPair pair;
        try {
            pair = new ForkedPair(folder, JvmProcess.start(contender, sizeBytes, folder, End.FAR), sizeBytes);
        } catch (RowFailedException refused) {
            RowFolder.delete(folder);
            throw new IOException(refused.getMessage(), refused);
        }
        try {
            pair.process.listen();
            String place = pair.ask("listen").place();
            pair.tell("accept plain");
            pair.exchange = contender.connect(place, false);
            pair.await();
            return pair;
        } catch (IOException | RuntimeException refused) {
            pair.close();
            throw refused;
        }
    }

    /** Makes the far end answer each message, until {@link #endRoundTrips}. */
    public void beginRoundTrips() throws IOException {
        begin(Measurement.ROUND_TRIP);
    }

    /** Sends a message and waits for its answer. */
    public void roundTrip() throws IOException {
        expected = ++sent;
        exchange.sendNow(payload.write(sent));
        exchange.receive(answer);
    }

    /** Ends what {@link #beginRoundTrips} began. */
    public void endRoundTrips() throws IOException {
        exchange.sendNow(payload.write(Payload.LAST));
        await();
    }

    /** Makes the far end read messages, until {@link #endStream}. */
    public void beginStream() throws IOException {
        begin(Measurement.ONE_WAY);
    }

    /** Sends a message that is not answered. */
    public void send() throws IOException {
        exchange.send(payload.write(++sent));
    }

    /** Waits until the far end has read all, and checks that it has. */
    public void endStream() throws IOException {
        exchange.sendNow(payload.write(Payload.LAST));
        expected = sent;
        exchange.receive(answer);
        await();
    }

    private void begin(Measurement measurement) throws IOException {
        sent = 0;
        tell("measure " + measurement.name() + " 0 0");
    }

    private Reply ask(String command) throws IOException {
        tell(command);
        return await();
    }

    private void tell(String command) throws IOException {
        try {
            far.tell(command);
        } catch (RowFailedException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private Reply await() throws IOException {
        try {
            return far.await(PATIENCE);
        } catch (RowFailedException failed) {
            throw new IOException(failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the far end was waited for");
        }
    }

    private Payload theirs() {
        return theirs;
    }

    private long expected() {
        return expected;
    }

    /** Ends the far end's process and removes every file. */
    @Override
    public void close() throws IOException {
        process.dismiss();
        try {
            if (exchange != null) {
                exchange.close();
            }
        } finally {
            process.close();
            RowFolder.delete(folder);
        }
    }
}
