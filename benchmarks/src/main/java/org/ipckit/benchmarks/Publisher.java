package org.ipckit.benchmarks;

import java.io.IOException;

/**
 * The end that publishes. Its messages are numbered on from one measurement to the next, so that one that comes late is
 * not taken for one of the next. Used by one thread.
 */
final class Publisher {

    private static final int BLOCK = 16;

    private final Exchange exchange;
    private final Payload payload;
    private long published;

    Publisher(Exchange exchange, int sizeBytes) {
        this.exchange = exchange;
        this.payload = new Payload(End.NEAR, sizeBytes);
    }

    /** Returns the number of the message that ends a run; those of other messages are positive. */
    static long last(long run) {
        return Payload.LAST - run;
    }

    /** Publishes as fast as it goes for about so long, then the message that ends the run. */
    Tally publish(long nanos, long run) throws IOException {
        Usage before = Usage.now();
        long start = System.nanoTime();
        long from = published;
        while (System.nanoTime() - start < nanos) {
            for (int i = 0; i < BLOCK; i++) {
                exchange.send(payload.write(++published));
            }
        }
        exchange.send(payload.write(last(run)));
        return new Tally(
                published - from, System.nanoTime() - start, Usage.now().since(before));
    }
}
