package org.ipckit.jmh;

import java.io.IOException;
import org.ipckit.benchmarks.ForkedPair;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One transport, whose far end is in a JVM of its own. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class TransportPair {

    static final String PARAMETER = "transport";

    /** {@link JmhMain} puts all of the registry in the place of this one. */
    @Param("uds")
    public String transport;

    /** The size of the messages. */
    @Param({"64", "4096"})
    public int sizeBytes;

    /** The two ends. */
    protected ForkedPair pair;

    @Setup(Level.Trial)
    public void open() throws IOException {
        pair = ForkedPair.open(transport, sizeBytes);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        pair.close();
    }
}
