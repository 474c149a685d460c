package org.ipckit.demos.scenario;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.Transports;

/**
 * The program that calculates, at the other end of shared memory: doubles go there as they are in memory, and the results
 * come back as doubles. One question at a time, whoever asks; another program may take the place of one that has ended.
 */
final class Processing implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int RESULT_BYTES = 4 * Double.BYTES;

    private final Listener listener;
    private final Talk talk;
    private final ReentrantLock asking = new ReentrantLock();
    private Connection program;

    Processing(Address address, Talk talk) {
        this.listener = Transports.registry().listen(address);
        this.talk = talk;
    }

    /**
     * Returns what the program calculates of the values.
     *
     * @throws TransportException if it is not there, has gone or does not answer
     */
    Statistics of(double[] values) {
        asking.lock();
        try {
            if (program == null) {
                program = listener.accept(PATIENCE)
                        .orElseThrow(
                                () -> new ConnectFailedException("no processing has come to " + listener.address()));
            }
            return ask(values);
        } catch (TransportException gone) {
            forgetProgram();
            throw gone;
        } finally {
            asking.unlock();
        }
    }

    private Statistics ask(double[] values) {
        ByteBuffer question =
                ByteBuffer.allocateDirect(values.length * Double.BYTES).order(ByteOrder.nativeOrder());
        question.asDoubleBuffer().put(values);
        program.send(question);
        Message answer = program.receive(PATIENCE)
                .orElseThrow(() -> new ConnectFailedException("the processing has not answered in " + PATIENCE));
        if (answer.size() != RESULT_BYTES) {
            throw new ConnectFailedException(
                    "the processing has answered " + answer.size() + " bytes, expected " + RESULT_BYTES);
        }
        ByteBuffer result = answer.asByteBuffer().order(ByteOrder.nativeOrder());
        Statistics statistics =
                new Statistics(result.getDouble(), result.getDouble(), result.getDouble(), result.getDouble());
        talk.said("station <-> processing.c (shm)", values.length + " doubles there, " + statistics + " back");
        return statistics;
    }

    private void forgetProgram() {
        if (program != null) {
            program.close();
            program = null;
        }
    }

    /** Wakes who waits for the program to come. */
    @Override
    public void close() {
        listener.close();
        asking.lock();
        try {
            forgetProgram();
        } finally {
            asking.unlock();
        }
    }
}
