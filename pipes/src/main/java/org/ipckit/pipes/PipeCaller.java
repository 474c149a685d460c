package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.ChannelSleeper;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Newcomer;
import org.ipckit.transport.spi.Waiter;

/**
 * Asks a listener for a connection: makes a pair of FIFOs, says its name on the listener's FIFO, and waits until the
 * listener has it open. If the listener dies meanwhile, the next attempt asks its successor.
 */
final class PipeCaller implements Dialer.Attempt<Newcomer> {

    /** After this the request may be lost, such as in what somebody else wrote: it is made again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** Even who would not wait for a listener has to give the one that is there the time to answer. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

    /** It wakes for the answer; that the listener has died it only looks for. */
    private static final Duration SLICE = Duration.ofMillis(50);

    private final PipeAddress address;
    private boolean asked;

    PipeCaller(PipeAddress address) {
        this.address = address;
    }

    @Override
    public Newcomer reach(Deadline deadline) throws IOException {
        Deadline answer =
                deadline.expired() && !asked ? Deadline.after(SHORTEST_WAIT) : deadline.orWithin(LONGEST_WAIT);
        try (FifoEnd requests = address.openToAsk()) {
            Token token = Token.random();
            FifoPair pair = address.pairs().newPair(token);
            asked = true;
            try {
                return new Newcomer(ask(requests, token, pair, answer));
            } finally {
                pair.unlink();
            }
        }
    }

    private PipeStream ask(FifoEnd requests, Token token, FifoPair pair, Deadline answer) throws IOException {
        FifoEnd in = FifoEnd.toRead(pair.toClient(), FifoEnd.Links.REFUSED);
        FifoEnd out = null;
        boolean connected = false;
        try {
            address.size().applyTo(address.address(), in);
            if (requests.write(token.request()) == 0) {
                throw new IOException("the listener has too many requests to answer");
            }
            awaitGreeting(requests, in, answer);
            out = FifoEnd.toWrite(pair.toListener(), FifoEnd.Links.REFUSED);
            address.size().applyTo(address.address(), out);
            PipeGreeting.greet(out);
            connected = true;
            return new PipeStream(in, out, pair);
        } finally {
            if (!connected) {
                in.close();
                if (out != null) {
                    out.close();
                }
            }
        }
    }

    private void awaitGreeting(FifoEnd requests, FifoEnd in, Deadline answer) throws IOException {
        GreetingLook look = new GreetingLook(requests, in);
        try (Waiter waiter = new Waiter(
                WaitStrategy.BLOCK,
                new ChannelSleeper(in.channel(), SelectionKey.OP_READ),
                "connect to",
                address.address())) {
            boolean over = false;
            while (!over) {
                over = waiter.await(look, answer.orWithin(SLICE)) || answer.expired();
            }
        }
        if (look.failure != null) {
            throw look.failure;
        }
        if (!look.greeted) {
            throw new IOException("the listener is there, but has not answered");
        }
    }

    /** Looks for the listener's greeting, and whether there is still a listener. */
    private static final class GreetingLook implements Waiter.Look {

        private final FifoEnd requests;
        private final FifoEnd in;
        private final ByteBuffer greeting = ByteBuffer.allocateDirect(1);
        private boolean greeted;
        private IOException failure;

        GreetingLook(FifoEnd requests, FifoEnd in) {
            this.requests = requests;
            this.in = in;
        }

        @Override
        public boolean look() {
            try {
                greeted = PipeGreeting.hasAnswer(in, greeting);
                if (!greeted && requests.isAbandoned()) {
                    throw new IOException("the listener went away before it answered");
                }
            } catch (IOException ended) {
                failure = ended;
            }
            return greeted || failure != null;
        }
    }
}
