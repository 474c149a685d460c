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

/** A message there and one back. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RoundTrip extends TransportPair {

    @Setup(Level.Iteration)
    public void begin() throws IOException {
        pair.beginRoundTrips();
    }

    @TearDown(Level.Iteration)
    public void end() throws IOException {
        pair.endRoundTrips();
    }

    @Benchmark
    public void roundTrip() throws IOException {
        pair.roundTrip();
    }
}
