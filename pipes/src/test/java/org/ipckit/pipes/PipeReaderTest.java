package org.ipckit.pipes;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.ipckit.pipes.PipeReader.AtEnd;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Waits;
import org.ipckit.transport.spi.ChannelSleeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading waits for bytes and for writers, and ends for a reason that is told. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeReaderTest extends FifoFixture {

    @ParameterizedTest
    @EnumSource(AtEnd.class)
    void aReaderOutlivesWritersThatComeAndGo(AtEnd atEnd) {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(atEnd)) {
            for (int round = 0; round < 5; round++) {
                try (PipeWriter writer = pipe.openToWrite(SOON)) {
                    assertTrue(writer.write(utf8("round " + round), SOON));
                }
                assertEquals("round " + round, text(reader, 7));
                if (atEnd == AtEnd.REPORT) {
                    assertEquals(PipeReader.END, reader.read(ByteBuffer.allocate(1), SOON));
                }
                assertEquals(0, reader.read(ByteBuffer.allocate(1), SHORT));
            }
        }
    }

    @Test
    void theEndIsReportedOnceAndOnlyToThoseWhoWantToKnow() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader told = pipe.openToRead(AtEnd.REPORT)) {
            assertEquals(0, told.read(ByteBuffer.allocate(1), Duration.ZERO));
            pipe.openToWrite(SOON).close();
            assertEquals(PipeReader.END, told.read(ByteBuffer.allocate(1), SOON));
            assertEquals(0, told.read(ByteBuffer.allocate(1), SHORT));
        }
        try (PipeReader untold = pipe.openToRead(AtEnd.WAIT)) {
            pipe.openToWrite(SOON).close();
            assertEquals(0, untold.read(ByteBuffer.allocate(1), SHORT));
        }
    }

    @Test
    void aReadThatWaitsForTheNextWriterSleeps() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT)) {
            pipe.openToWrite(SOON).close();
            Duration idle = Duration.ofMillis(500);

            Background<Long> reading = Background.of(() -> {
                var threads = java.lang.management.ManagementFactory.getThreadMXBean();
                // What the first sleep makes and loads is not what sleeping costs.
                assertEquals(0, reader.read(ByteBuffer.allocate(1), SHORT));
                long before = threads.getCurrentThreadCpuTime();
                assertEquals(0, reader.read(ByteBuffer.allocate(1), idle));
                return threads.getCurrentThreadCpuTime() - before;
            });

            assertTrue(reading.result() < idle.toNanos() / 2, "it does not sleep when all writers have left");
        }
    }

    @Test
    void aReadEndsNoEarlierThanItsTimeout() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            assertTrue(writer.isOpen());
            long start = System.nanoTime();

            assertEquals(0, reader.read(ByteBuffer.allocate(10), SHORT));

            assertTrue(System.nanoTime() - start >= SHORT.toNanos());
            assertThrows(
                    IllegalArgumentException.class, () -> reader.read(ByteBuffer.allocate(10), Duration.ofMillis(-1)));
            assertThrows(IllegalArgumentException.class, () -> reader.read(ByteBuffer.allocate(0), SHORT));
        }
    }

    @Test
    void anInterruptEndsAReadAndThePipeGoesOn() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            Background<Boolean> reading = Background.of(() -> {
                assertThrows(InterruptedWaitException.class, () -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER));
                // The flag is still set, and a call with the flag set ends at once.
                assertThrows(InterruptedWaitException.class, () -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER));
                return Thread.interrupted();
            });
            assertTrue(reading.isStillRunningAfter(SHORT));

            reading.interrupt();

            assertTrue(reading.result());
            assertTrue(writer.write(utf8("x"), SOON));
            assertEquals("x", text(reader, 1));
        }
    }

    /** As many as carriers and one more: if a read held its carrier, nothing else would run. */
    @Test
    void virtualThreadsThatReadStarveNoOther() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        int readers = Integer.getInteger(
                        "jdk.virtualThreadScheduler.parallelism",
                        Runtime.getRuntime().availableProcessors())
                + 1;
        List<PipeReader> open = new ArrayList<>();
        List<FutureTask<Integer>> reading = new ArrayList<>();
        for (int count = 0; count < readers; count++) {
            PipeReader reader = pipe.openToRead(AtEnd.WAIT);
            open.add(reader);
            reading.add(new FutureTask<>(() -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER)));
        }
        List<Thread> threads = new ArrayList<>();
        for (FutureTask<Integer> each : reading) {
            threads.add(startLight(each));
        }
        for (Thread thread : threads) {
            // In native code an ordinary thread counts as running.
            eventually(
                    "a reader that waits",
                    () -> thread.getState() == Thread.State.WAITING
                            || Runtime.version().feature() < 21);
        }

        FutureTask<String> another = new FutureTask<>(() -> "runs");
        startLight(another);

        assertEquals("runs", another.get(SOON.toSeconds(), TimeUnit.SECONDS));
        open.forEach(PipeReader::close);
        for (FutureTask<Integer> each : reading) {
            assertInstanceOf(
                    ConnectionClosedException.class,
                    assertThrows(ExecutionException.class, each::get).getCause());
        }
    }

    /** A virtual thread where the JDK has them, else an ordinary one. */
    private static Thread startLight(Runnable task) throws ReflectiveOperationException {
        if (Runtime.version().feature() >= 21) {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        }
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    @Test
    void closingWakesAReaderThatWaits() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        PipeReader reader = pipe.openToRead(AtEnd.WAIT);
        Background<By> reading = Background.of(() -> assertThrows(
                        ConnectionClosedException.class, () -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER))
                .by());
        assertTrue(reading.isStillRunningAfter(SHORT));

        reader.close();
        reader.close();

        assertEquals(By.THIS_SIDE, reading.result());
        assertFalse(reader.isOpen());
        assertFalse(pipe.hasReader());
    }

    /** A selector wakes itself through a descriptor of its own, whose number is another file's after it is closed. */
    @Test
    void aWakeThatComesTooLateWritesIntoNobodysFile() throws IOException {
        NamedPipe pipe = NamedPipe.create(path());
        try (FifoEnd end = FifoEnd.toRead(path(), FifoEnd.Links.REFUSED)) {
            ChannelSleeper sleeper = new ChannelSleeper(end.channel(), SelectionKey.OP_READ);
            sleeper.sleep(1_000_000);
            sleeper.close();

            try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                    PipeWriter writer = pipe.openToWrite(SOON);
                    PipeWriter another = pipe.openToWrite(SOON)) {
                sleeper.wake();

                assertEquals(0, reader.read(ByteBuffer.allocate(1), SHORT));
                assertTrue(writer.isOpen() && another.isOpen());
            }
        }
    }
}
