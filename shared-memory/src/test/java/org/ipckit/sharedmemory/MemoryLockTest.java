package org.ipckit.sharedmemory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryLockTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final int GUARDED = 64;
    private static final int ROUNDS = 2000;

    @TempDir
    private Path folder;

    private MappedMemory memory;
    private MemoryLock lock;

    @BeforeEach
    void makeMemory() throws IOException {
        memory = MappedMemory.create(folder.resolve("memory"), MappedMemory.pageSize());
        lock = memory.lock(0);
    }

    @AfterEach
    void closeMemory() {
        memory.close();
    }

    @Test
    void oneAtATimeHoldsIt() throws Exception {
        assertTrue(lock.lock(Duration.ZERO));
        assertFalse(memory.lock(0).lock(Duration.ZERO));
        long start = System.nanoTime();
        assertFalse(memory.lock(0).lock(SHORT));
        assertTrue(System.nanoTime() - start >= SHORT.toNanos());

        lock.unlock();

        assertTrue(memory.lock(0).lock(Duration.ZERO));
        assertFalse(lock.wasAbandoned());
    }

    @Test
    void itsReleaseWakesWhoWaits() throws Exception {
        assertTrue(lock.lock(SOON));
        CompletableFuture<Boolean> waiting = inThread(() -> memory.lock(0).lock(SOON));
        assertThrows(TimeoutException.class, () -> waiting.get(50, MILLISECONDS));

        lock.unlock();

        assertTrue(waiting.get());
    }

    @Test
    void threadsAndProcessesTakeTurns() throws Exception {
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        try (OtherJvm other =
                OtherJvm.run(Counting.class, folder.resolve("memory").toString())) {
            for (int thread = 0; thread < 2; thread++) {
                all.add(inThread(() -> {
                    count(memory);
                    return true;
                }));
            }
            for (CompletableFuture<Boolean> each : all) {
                assertTrue(each.get());
            }
            assertEquals("done", other.line());
        }
        assertEquals(3 * ROUNDS, memory.bytes().getLong(GUARDED));
    }

    @Test
    void aHolderThatDiesLeavesItToTheNextOneWhoIsTold() throws Exception {
        try (OtherJvm other =
                OtherJvm.run(Holding.class, folder.resolve("memory").toString())) {
            assertEquals("locked", other.line());
            assertFalse(lock.lock(SHORT));

            other.kill();

            assertTrue(lock.lock(SOON));
            assertTrue(lock.wasAbandoned());
            lock.unlock();
            assertTrue(lock.lock(Duration.ZERO));
            assertFalse(lock.wasAbandoned());
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        assertTrue(lock.lock(SOON));
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> memory.lock(0).lock(SOON));
    }

    @Test
    void whoDoesNotHoldItCannotGiveItBack() {
        assertThrows(IllegalStateException.class, lock::unlock);
    }

    @Test
    void itNeedsMemoryToWriteToAtAMultipleOfEight() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> memory.lock(4));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.lock(memory.size() - 8));
        try (MappedMemory reader = MappedMemory.openToRead(folder.resolve("memory"))) {
            assertThrows(IllegalArgumentException.class, () -> reader.lock(0));
        }
    }

    /** Adds up in two steps, which lose something whenever two do it at once. */
    private static void count(MappedMemory memory) throws IOException, InterruptedException {
        MemoryLock lock = memory.lock(0);
        ByteBuffer bytes = memory.bytes();
        for (int round = 0; round < ROUNDS; round++) {
            assertTrue(lock.lock(SOON));
            long before = bytes.getLong(GUARDED);
            if (round % 100 == 0) {
                Thread.sleep(1);
            }
            bytes.putLong(GUARDED, before + 1);
            lock.unlock();
        }
    }

    private static CompletableFuture<Boolean> inThread(Callable<Boolean> work) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        done.complete(work.call());
                    } catch (Throwable failed) {
                        done.completeExceptionally(failed);
                    }
                })
                .start();
        return done;
    }

    /** Counts beside this JVM. */
    static final class Counting {

        private Counting() {}

        public static void main(String[] args) throws Exception {
            try (MappedMemory memory = MappedMemory.open(Path.of(args[0]))) {
                count(memory);
            }
            System.out.println("done");
        }
    }

    /** Takes the lock and keeps it. */
    static final class Holding {

        private Holding() {}

        public static void main(String[] args) throws Exception {
            MappedMemory memory = MappedMemory.open(Path.of(args[0]));
            System.out.println(memory.lock(0).lock(SOON) ? "locked" : "not locked");
            OtherJvm.awaitEnd();
        }
    }
}
