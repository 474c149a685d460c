package org.ipckit.jmh;

import java.time.Duration;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Transports;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A ring of shared memory: what a message costs when nothing has to be waited for. */
public class Ring extends WithinOneThread {

    private Listener listener;
    private Connection writer;
    private Connection reader;
    private long number;

    @Setup
    public void open() {
        listener = Transports.listen("shm://jmh-" + ProcessHandle.current().pid());
        writer = Transports.connect(listener.address().toUri());
        reader = listener.accept();
        use(writer, reader);
    }

    @TearDown
    public void close() {
        writer.close();
        reader.close();
        listener.close();
    }

    /** A message written where it is read. */
    @Benchmark
    public long claimAndPoll() {
        try (Claim claim = writer.claim(sizeBytes, Duration.ZERO)) {
            claim.buffer().putLong(0, ++number);
            claim.commit(sizeBytes);
        }
        return poll();
    }
}
