package org.ipckit.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Messages as fast as the far end takes them; that it has taken all is waited for and checked after each iteration. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OneWay extends TransportPair {

    @Setup(Level.Iteration)
    public void begin() throws IOException {
        pair.beginStream();
    }

    @TearDown(Level.Iteration)
    public void end() throws IOException {
        pair.endStream();
    }

    @Benchmark
    public void send() throws IOException {
        pair.send();
    }
}
