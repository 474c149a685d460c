package org.ipckit.jmh;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.transport.Connection;
import org.ipckit.transport.MessageHandler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Messages that the thread which sends them receives as well, so that nobody is waited for. */
public abstract class WithinOneThread extends OneCall {

    /** The size of the messages. */
    @Param({"64", "4096"})
    public int sizeBytes;

    private Connection writer;
    private Connection reader;
    private ByteBuffer message;
    private long sum;
    private final MessageHandler adding = read -> sum += read.getLong(read.position());

    /** Says what is sent to and what is received from, before anything is measured. */
    protected final void use(Connection sendTo, Connection receiveFrom) {
        writer = sendTo;
        reader = receiveFrom;
        message = ByteBuffer.allocateDirect(sizeBytes);
    }

    /** A message copied to where it is read. */
    @Benchmark
    public long offerAndPoll() {
        message.putLong(0, sum);
        if (!writer.offer(message, Duration.ZERO)) {
            throw new IllegalStateException("there is no room for one message");
        }
        return poll();
    }

    /** Reads the one message there is, and returns what tells it from others. */
    protected final long poll() {
        if (reader.poll(adding, 1) != 1) {
            throw new IllegalStateException("what was sent is not there");
        }
        return sum;
    }
}
