package org.ipckit.demos.mistakes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.sharedmemory.MappedMemory;
import org.ipckit.sharedmemory.MemoryLock;

/** One writes 64 letters, all a or all b, and another reads them: without a lock, and with one. */
public final class TornRead {

    private static final Path FILE = Path.of("letters");
    private static final int LETTERS = 64;
    private static final int LOCKED_READS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static volatile boolean done;

    private TornRead() {}

    public static void main(String[] args) throws Exception {
        try (MappedMemory memory = MappedMemory.create(FILE, MappedMemory.pageSize())) {
            // The lock lies in the same page, behind the letters.
            MemoryLock lock = memory.lock(MappedMemory.pageSize() - MemoryLock.BYTES);
            write(memory.bytes(), 'a');

            Thread writer = new Thread(() -> writeAndWrite(memory.bytes(), null));
            writer.start();
            System.out.println("without the lock: " + firstTorn(memory.bytes()));
            done = true;
            writer.join();

            done = false;
            Thread careful = new Thread(() -> writeAndWrite(memory.bytes(), lock));
            careful.start();
            System.out.println(
                    "with the lock:    " + countTorn(memory.bytes(), lock) + " torn of " + LOCKED_READS + " reads");
            done = true;
            careful.join();
        } finally {
            Files.delete(FILE);
        }
    }

    private static void writeAndWrite(ByteBuffer memory, MemoryLock lock) {
        for (char letter = 'a'; !done; letter = letter == 'a' ? 'b' : 'a') {
            locked(lock, true);
            write(memory, letter);
            locked(lock, false);
        }
    }

    private static void write(ByteBuffer memory, char letter) {
        for (int at = 0; at < LETTERS; at++) {
            memory.put(at, (byte) letter);
        }
    }

    private static String read(ByteBuffer memory) {
        byte[] letters = new byte[LETTERS];
        for (int at = 0; at < LETTERS; at++) {
            letters[at] = memory.get(at);
        }
        return new String(letters, US_ASCII);
    }

    private static boolean isTorn(String letters) {
        return letters.contains("a") && letters.contains("b");
    }

    private static String firstTorn(ByteBuffer memory) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            String letters = read(memory);
            if (isTorn(letters)) {
                return letters;
            }
        }
        return "none torn in " + PATIENCE.toSeconds() + " s; that proves nothing";
    }

    private static int countTorn(ByteBuffer memory, MemoryLock lock) {
        int torn = 0;
        for (int i = 0; i < LOCKED_READS; i++) {
            locked(lock, true);
            torn += isTorn(read(memory)) ? 1 : 0;
            locked(lock, false);
        }
        return torn;
    }

    private static void locked(MemoryLock lock, boolean wanted) {
        if (lock == null) {
            return;
        }
        try {
            if (!wanted) {
                lock.unlock();
            } else if (!lock.lock(PATIENCE)) {
                throw new IllegalStateException("the lock is not given back");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
