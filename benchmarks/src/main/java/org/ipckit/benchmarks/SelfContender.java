package org.ipckit.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.MessageHandler;

/**
 * The harness and nothing else: both ends of the near end's connection are one thread, and a message is handed over by a
 * call. What is measured of it, writing and checking the messages of both ends and looking at the clock, is in the figures
 * of every other row.
 */
final class SelfContender implements Contender {

    static final String NAME = "self";

    private final int sizeBytes;

    SelfContender(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Group group() {
        return Group.SELF;
    }

    @Override
    public boolean oneProcess() {
        return true;
    }

    @Override
    public Set<Measurement> measurements() {
        return Set.of(Measurement.ROUND_TRIP, Measurement.ONE_WAY);
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.of("there is nothing between its ends");
    }

    /** The far end has nothing to do: it is told at once that the last message has come. */
    @Override
    public Entrance listen(Path folder) {
        ByteBuffer last = new Payload(End.NEAR, sizeBytes).write(Payload.LAST);
        return new Entrance() {
            @Override
            public String place() {
                return NAME;
            }

            @Override
            public Exchange accept() {
                return new Calls() {
                    @Override
                    public void send(ByteBuffer message) {
                        // nobody waits for it
                    }

                    @Override
                    public void receive(MessageHandler handler) {
                        handler.onMessage(last);
                    }
                };
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    /** Reads each message as a far end does, and answers as one does: with its number, or how many there were. */
    @Override
    public Exchange connect(String place, boolean batched) {
        Payload theirs = new Payload(End.NEAR, sizeBytes);
        Payload mine = new Payload(End.FAR, sizeBytes);
        return new Calls() {
            private long counted;

            @Override
            public void send(ByteBuffer message) {
                long sequence = theirs.read(message);
                if (sequence != Payload.LAST) {
                    counted = sequence;
                }
            }

            @Override
            public void receive(MessageHandler handler) {
                handler.onMessage(mine.write(counted));
            }
        };
    }

    private abstract static class Calls implements Exchange {

        @Override
        public abstract void receive(MessageHandler handler);

        @Override
        public void drain(MessageHandler handler) {
            receive(handler);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
