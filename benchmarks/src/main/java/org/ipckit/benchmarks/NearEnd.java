package org.ipckit.benchmarks;

import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.ipckit.transport.MessageHandler;

/** The end that sends first and measures. Used by one thread. */
final class NearEnd {

    /** How many messages go between two looks at the clock, where looking often would be measured too. */
    private static final int BLOCK = 256;

    /** A block of large messages would overrun the time: this many bytes are enough. */
    private static final int BLOCK_BYTES = 64 * 1024;

    /** How much of the time of a measurement is spent again on round trips without a clock. */
    private static final int UNCLOCKED_PART = 5;

    private static final long NONE = -1;

    private final Exchange exchange;
    private final int sizeBytes;
    private final Payload payload;
    private final Payload theirs;
    private final MessageHandler answer = message -> theirs().take(message, expected());
    private long expected;

    /** The times of the round trips of this measurement; that of the last is recorded while the next is under way. */
    private Histogram times = Latency.emptyHistogram();

    private long unrecorded = NONE;

    NearEnd(Exchange exchange, int sizeBytes) {
        this.exchange = exchange;
        this.sizeBytes = sizeBytes;
        this.payload = new Payload(End.NEAR, sizeBytes);
        this.theirs = new Payload(End.FAR, sizeBytes);
    }

    /** Sends messages, each when the one before was answered, for about so long. */
    Tally roundTrips(long nanos) throws IOException {
        times = Latency.emptyHistogram();
        Usage before = Usage.now();
        long sequence = 0;
        // One look at the clock per round trip: the end of one is the beginning of the next.
        long start = System.nanoTime();
        long last = start;
        do {
            roundTrip(++sequence);
            long now = System.nanoTime();
            unrecorded = now - last;
            last = now;
        } while (last - start < nanos);
        long messages = sequence;
        Usage used = Usage.now().since(before);
        double unclocked = meanWithoutClock(sequence, nanos / UNCLOCKED_PART, (last - start) / messages);
        completeLast();
        exchange.sendNow(payload.write(Payload.LAST));
        return new Tally(messages, last - start, used, Latency.of(times, unclocked));
    }

    /** Sends messages at fixed times, so many per second, for about so long. */
    Tally openLoop(long nanos, double perSecond) throws IOException {
        OpenLoop loop = new OpenLoop(System::nanoTime, perSecond);
        Usage before = Usage.now();
        loop.run(nanos, this::roundTrip);
        Usage used = Usage.now().since(before);
        theirs.verify();
        exchange.sendNow(payload.write(Payload.LAST));
        return new Tally(
                loop.made(),
                loop.elapsedNanos(),
                used,
                Latency.of(loop.times(), 0),
                OpenLoop.quantities(perSecond, loop.notMade()));
    }

    /** Lets the far end wait for so long, then waits as long for its answer; only that is counted here. */
    Tally idle(long nanos) throws IOException {
        Pause.of(nanos);
        expected = 1;
        exchange.sendNow(payload.write(expected));
        Usage before = Usage.now();
        long start = System.nanoTime();
        exchange.receive(answer);
        long elapsed = System.nanoTime() - start;
        theirs.verify();
        return new Tally(1, elapsed, Usage.now().since(before));
    }

    private double meanWithoutClock(long sequence, long nanos, long expectedNanos) throws IOException {
        // About a thousand looks at the clock, and never more than every second round trip.
        long block = nanos / 1000 / (expectedNanos + 1) + 2;
        long done = 0;
        long start = System.nanoTime();
        long passed;
        do {
            for (long i = 0; i < block; i++) {
                roundTrip(sequence + ++done);
            }
            passed = System.nanoTime() - start;
        } while (passed < nanos);
        return (double) passed / done;
    }

    // A method of its own: it is compiled once for all loops, and the loops around it may stay in the interpreter.
    private void roundTrip(long sequence) throws IOException {
        expected = sequence;
        exchange.sendNow(payload.write(sequence));
        // Now, while nobody waits for this end.
        completeLast();
        exchange.receive(answer);
    }

    /** Does what is left to do for the last round trip. */
    private void completeLast() {
        theirs.verify();
        if (unrecorded != NONE) {
            times.recordValue(Math.min(unrecorded, Latency.LONGEST_NANOS));
            unrecorded = NONE;
        }
    }

    /** Sends messages as fast as they go for about so long, and stops the clock when the far end has read all. */
    Tally stream(long nanos) throws IOException {
        int block = Math.max(1, Math.min(BLOCK, BLOCK_BYTES / sizeBytes));
        Usage before = Usage.now();
        long start = System.nanoTime();
        long sent = 0;
        do {
            sendBlock(sent, block);
            sent += block;
        } while (System.nanoTime() - start < nanos);
        exchange.sendNow(payload.write(Payload.LAST));
        expected = sent; // the far end answers with the number of messages it has read
        exchange.receive(answer);
        long elapsed = System.nanoTime() - start;
        theirs.verify();
        Usage used = Usage.now().since(before);
        return new Tally(sent, elapsed, used);
    }

    private void sendBlock(long sent, int block) throws IOException {
        for (int i = 1; i <= block; i++) {
            exchange.send(payload.write(sent + i));
        }
    }

    private Payload theirs() {
        return theirs;
    }

    private long expected() {
        return expected;
    }
}
