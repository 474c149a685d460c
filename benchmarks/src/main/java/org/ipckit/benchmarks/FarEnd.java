package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.MessageHandler;

/** The end that answers. Used by one thread. */
final class FarEnd {

    private final Exchange exchange;
    private final Payload payload;
    private final Payload theirs;
    private final MessageHandler taker = this::take;
    private final MessageHandler reader = this::read;
    private long counted;
    private boolean ended;

    FarEnd(Exchange exchange, int sizeBytes) {
        this.exchange = exchange;
        this.payload = new Payload(End.FAR, sizeBytes);
        this.theirs = new Payload(End.NEAR, sizeBytes);
    }

    /** Answers every message until the last has come. */
    Tally answer() throws IOException {
        begin();
        Usage before = Usage.now();
        while (next()) {
            exchange.sendNow(payload.write(counted));
            // Nobody waits for this end now.
            theirs.verify();
        }
        theirs.verify();
        Usage used = Usage.now().since(before);
        return new Tally(counted, 0, used);
    }

    private boolean next() throws IOException {
        exchange.receive(taker);
        return !ended;
    }

    /** Reads messages until the last has come, then answers how many there were. */
    Tally swallow() throws IOException {
        begin();
        Usage before = Usage.now();
        while (!ended) {
            exchange.drain(reader);
        }
        exchange.sendNow(payload.write(counted));
        Usage used = Usage.now().since(before);
        return new Tally(counted, 0, used);
    }

    /** Waits for a message, which is what is counted, and lets the near end wait for the answer for so long. */
    Tally idle(long nanos) throws IOException {
        begin();
        Usage before = Usage.now();
        long start = System.nanoTime();
        exchange.receive(reader);
        long elapsed = System.nanoTime() - start;
        Usage used = Usage.now().since(before);
        Pause.of(nanos);
        exchange.sendNow(payload.write(counted));
        return new Tally(counted, elapsed, used);
    }

    private void begin() {
        counted = 0;
        ended = false;
    }

    private void take(ByteBuffer message) {
        count(theirs.take(message));
    }

    private void read(ByteBuffer message) {
        count(theirs.read(message));
    }

    private void count(long sequence) {
        if (sequence == Payload.LAST) {
            ended = true;
        } else if (sequence != counted + 1) {
            throw new WrongMessageException("message " + sequence + " came, not " + (counted + 1));
        } else {
            counted = sequence;
        }
    }
}
