package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.MessageHandler;

/** An end that is subscribed: it counts what comes, in order, and allows for gaps. Used by one thread. */
final class Subscriber {

    private final Exchange exchange;
    private final Payload payload;
    private final MessageHandler counter = this::count;
    private long newest;
    private long counted;
    private long firstNanos;
    private long awaited;
    private boolean ended;

    Subscriber(Exchange exchange, int sizeBytes) {
        this.exchange = exchange;
        this.payload = new Payload(End.NEAR, sizeBytes);
    }

    /** Reads until the message that ends this run. The time is that from the first message to that one. */
    Tally swallow(long run) throws IOException {
        counted = 0;
        ended = false;
        awaited = Publisher.last(run);
        Usage before = Usage.now();
        while (!ended) {
            exchange.drain(counter);
        }
        long elapsed = counted == 0 ? 0 : System.nanoTime() - firstNanos;
        return new Tally(counted, elapsed, Usage.now().since(before));
    }

    private void count(ByteBuffer message) {
        long number = payload.read(message);
        if (number < 0) {
            ended |= number == awaited; // another one is of a run that has ended for us
        } else if (number <= newest) {
            throw new WrongMessageException("message " + number + " came after " + newest);
        } else {
            newest = number;
            if (counted++ == 0) {
                firstNanos = System.nanoTime();
            }
        }
    }
}
