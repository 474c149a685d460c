package org.ipckit.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.StreamOptions;
import org.ipckit.transport.spi.Streams;
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

/** The frames of the stream transports, written and read again without a system call: their own part of a message. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Framing {

    /** The size of the messages. */
    @Param({"64", "4096"})
    public int sizeBytes;

    private ByteBuffer message;
    private Connection connection;
    private long sum;
    private final MessageHandler adding = read -> sum += read.getLong(read.position());

    @Setup
    public void open() throws IOException {
        Address address = Address.parse("memory://framing");
        StreamOptions options = StreamOptions.of(address, Options.of(address, StreamOptions.namesWith()));
        message = ByteBuffer.allocateDirect(sizeBytes);
        connection = Streams.connection(
                address, options.capabilities(), options, new MemoryStream(2 * (Integer.BYTES + sizeBytes)));
    }

    @TearDown
    public void close() {
        connection.close();
    }

    /** A message framed into the stream, and cut out of it. */
    @Benchmark
    public long offerAndPoll() {
        message.putLong(0, sum);
        if (!connection.offer(message, Duration.ZERO) || connection.poll(adding, 1) != 1) {
            throw new IllegalStateException("what was sent is not there");
        }
        return sum;
    }
}
