package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writer and reader at the same time, in 256 bytes of mapped memory. The profile jcstress does it in all possible ways. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("ThreadPriorityCheck") // Two threads that wait for each other, on whatever cores there are.
class RingStressTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void whatOneThreadWritesTheOtherReadsInOrderForManyLaps() throws InterruptedException {
        StressedRing ring = StressedRing.empty();
        long end = System.nanoTime() + NANOS;
        int[] written = new int[1];
        Thread writer = new Thread(() -> {
            while (System.nanoTime() < end) {
                if (ring.write(lengthOf(written[0] + 1), written[0] + 1)) {
                    written[0]++;
                } else {
                    Thread.yield();
                }
            }
        });
        writer.start();
        int read = 0;
        boolean more = true;
        while (more) {
            // Asked first: what was written before the writer ended can be read after that.
            boolean ended = !writer.isAlive();
            int number = ring.read();
            if (number == StressedRing.NOTHING) {
                ring.tell();
                Thread.yield();
                more = !ended;
            } else {
                assertEquals(read + 1, number);
                read++;
            }
        }
        writer.join();

        assertEquals(written[0], read);
    }

    private static int lengthOf(int number) {
        return Long.BYTES * (1 + number % 7);
    }
}
