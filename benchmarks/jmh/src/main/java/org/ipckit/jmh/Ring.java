package org.ipckit.jmh;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Transports;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A ring of shared memory written and read by one thread: what a message costs when nothing has to be waited for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Ring {

    /** The size of the messages. */
    @Param({"64", "4096"})
    public int sizeBytes;

    private ByteBuffer message;
    private Listener listener;
    private Connection writer;
    private Connection reader;
    private long sum;
    private final MessageHandler adding = read -> sum += read.getLong(read.position());

    @Setup
    public void open() {
        message = ByteBuffer.allocateDirect(sizeBytes);
        listener = Transports.listen("shm://jmh-" + ProcessHandle.current().pid());
        writer = Transports.connect(listener.address().toUri());
        reader = listener.accept();
    }

    @TearDown
    public void close() {
        writer.close();
        reader.close();
        listener.close();
    }

    /** A message copied into the ring, and read there. */
    @Benchmark
    public long offerAndPoll() {
        message.putLong(0, sum);
        if (!writer.offer(message, Duration.ZERO) || reader.poll(adding, 1) != 1) {
            throw new IllegalStateException("what was sent is not there");
        }
        return sum;
    }

    /** A message written in the ring, and read there. */
    @Benchmark
    public long claimAndPoll() {
        try (Claim claim = writer.claim(sizeBytes, Duration.ZERO)) {
            claim.buffer().putLong(0, sum);
            claim.commit(sizeBytes);
        }
        if (reader.poll(adding, 1) != 1) {
            throw new IllegalStateException("what was sent is not there");
        }
        return sum;
    }
}
