package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Quantity.Better;
import org.ipckit.transport.MessageHandler;

/**
 * Connects again and again, and sends one message over each connection, to a listener that waits for nothing else. What
 * counts is the time from the call that connects to the answer, in JVMs that have done it before; closing does not.
 * Each end makes one and uses it on one thread.
 */
final class SetUp {

    /** As many as tell enough: each leaves something behind in the kernel for a while. */
    private static final int MOST = 200;

    private final Payload mine;
    private final Payload theirs;
    private final MessageHandler reader = this::read;
    private long came;

    SetUp(End end, int sizeBytes) {
        this.mine = new Payload(end, sizeBytes);
        this.theirs = new Payload(end == End.NEAR ? End.FAR : End.NEAR, sizeBytes);
    }

    private void read(ByteBuffer message) {
        came = theirs.read(message);
    }

    /** Connects for about so long, and once more to say that it was the last time. */
    Tally connect(Contender contender, String place, long nanos) throws IOException {
        Histogram wholes = Latency.emptyHistogram();
        Histogram connects = Latency.emptyHistogram();
        Usage before = Usage.now();
        long start = System.nanoTime();
        long made = 0;
        do {
            connect(contender, place, ++made, connects, wholes);
        } while (made < MOST && System.nanoTime() - start < nanos);
        long elapsed = System.nanoTime() - start;
        Usage used = Usage.now().since(before);
        connect(contender, place, Payload.LAST, Latency.emptyHistogram(), Latency.emptyHistogram());
        return new Tally(
                made,
                elapsed,
                used,
                Latency.of(wholes, 0),
                List.of(new Quantity("connectP50", "ns", Better.LESS, connects.getValueAtPercentile(50))));
    }

    private void connect(Contender contender, String place, long number, Histogram connects, Histogram wholes)
            throws IOException {
        long start = System.nanoTime();
        try (Exchange exchange = contender.connect(place, false)) {
            connects.recordValue(Math.min(System.nanoTime() - start, Latency.LONGEST_NANOS));
            exchange.sendNow(mine.write(number));
            exchange.receive(reader);
            wholes.recordValue(Math.min(System.nanoTime() - start, Latency.LONGEST_NANOS));
        }
        if (came != number) {
            throw new WrongMessageException("message " + came + " came, not " + number);
        }
    }

    /** Takes connections and answers one message of each, until the last. */
    Tally accept(Contender.Entrance entrance) throws IOException {
        Usage before = Usage.now();
        long taken = 0;
        do {
            try (Exchange exchange = entrance.accept()) {
                exchange.receive(reader);
                exchange.sendNow(mine.write(came));
            }
            taken++;
        } while (came != Payload.LAST);
        return new Tally(taken, 0, Usage.now().since(before));
    }
}
