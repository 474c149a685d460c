package org.ipckit.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.OptionalLong;

/**
 * How long a cache line takes from one processor to the other and back: nothing that two processes pass to each other in
 * memory is faster. A host may move the processors of a virtual machine between cores that share a cache and cores that do
 * not, and tells nothing of it inside; so it is looked at before and after each measurement. One thread asks.
 */
final class CacheLine {

    private static final int TRIPS = 200;
    private static final int TRIES = 8;

    /** So often it is done in advance: what is measured is the line, not the compiler. */
    private static final int REHEARSALS = 120;

    private final Processors processors;
    private int rehearsed;

    CacheLine(Processors processors) {
        this.processors = processors;
    }

    /**
     * Looks, which takes about a millisecond; to be called while nothing of ours runs.
     *
     * @return ns, of the fastest of several tries: the others were interrupted; empty if threads cannot be pinned here, or
     *     others left no time for it
     */
    OptionalLong thereAndBack() throws InterruptedException {
        if (!processors.pinned() || !LibC.isAvailable()) {
            return OptionalLong.empty();
        }
        while (rehearsed < REHEARSALS && look().isPresent()) {
            rehearsed++;
        }
        return look();
    }

    private OptionalLong look() throws InterruptedException {
        Line line = new Line();
        Thread far = thread(processors.far(), line::answer);
        Thread near = thread(processors.near(), line::measure);
        far.start();
        near.start();
        near.join();
        far.join();
        return line.nanos == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(line.nanos);
    }

    /** Returns a thread of its own, as it stays pinned, and so would all processes that it starts. */
    private static Thread thread(int processor, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    // What cannot be pinned tells nothing; the other thread then waits in vain.
                    if (Pinning.pin(processor).isEmpty()) {
                        work.run();
                    }
                },
                "cache-line-" + processor);
        thread.setDaemon(true);
        return thread;
    }

    /** Two threads take turns in counting: the near one makes it odd, the far one even. */
    private static final class Line {

        private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

        /** Far enough from both ends of the array that nothing else is in its line, nor in the one beside it. */
        private static final int MIDDLE = 32;

        private static final long ENDED = -1;
        private static final long PATIENCE_NANOS = 20_000_000;
        private static final int SPINS_PER_LOOK = 1 << 12;

        private final long[] words = new long[2 * MIDDLE];
        private final long deadline = System.nanoTime() + PATIENCE_NANOS;
        private long nanos = Long.MAX_VALUE;

        private void answer() {
            long count = await(1);
            while (count != ENDED) {
                LONGS.setRelease(words, MIDDLE, count + 1);
                count = await(1);
            }
        }

        private void measure() {
            // The first is not counted: the other thread may not have begun.
            boolean answered = trips(1);
            for (int i = 0; i < TRIES && answered; i++) {
                long start = System.nanoTime();
                answered = trips(TRIPS);
                if (answered) {
                    nanos = Math.min(nanos, (System.nanoTime() - start) / TRIPS);
                }
            }
            LONGS.setRelease(words, MIDDLE, ENDED);
        }

        private boolean trips(int count) {
            for (int i = 0; i < count; i++) {
                LONGS.setRelease(words, MIDDLE, (long) LONGS.get(words, MIDDLE) + 1);
                if (await(0) == ENDED) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the count once it is odd or even, or that it has ended: on time, whatever the other thread does. */
        private long await(long lowestBit) {
            do {
                for (int i = 0; i < SPINS_PER_LOOK; i++) {
                    long count = (long) LONGS.getAcquire(words, MIDDLE);
                    if ((count & 1) == lowestBit) {
                        return count;
                    }
                }
            } while (System.nanoTime() - deadline < 0);
            return ENDED;
        }
    }
}
