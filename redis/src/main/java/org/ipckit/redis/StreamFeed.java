package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.redis.StreamEntries.StreamEntry;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.Daemons;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Sleeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream over two sessions: one waits for messages at the server, and does nothing else meanwhile; the other
 * acknowledges, and says by what it is subscribed to that this reader lives. A thread keeps both: it opens them again when
 * they have ended, and does what a reader does now and then.
 */
final class StreamFeed implements Feed {

    static final String FIELD = "message";

    private static final Logger LOG = LoggerFactory.getLogger(StreamFeed.class);
    private static final int FEW = 16;
    private static final long KEEP_EVERY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_SLEEP_NANOS = Duration.ofMillis(200).toNanos();
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final RedisServer server;
    private final RedisAddress address;
    private final StreamReader reader;
    private final Deliveries deliveries;
    private final FeedSleeper sleeper;
    private final Thread keeper;
    private volatile Session reading;
    private volatile Session side;
    private volatile boolean asked;

    /** The server has refused to wait for messages: the stream or its group is gone, or has moved. */
    private volatile boolean refused;

    private volatile Ending over;
    private volatile boolean closed;

    StreamFeed(RedisServer server) {
        this.server = server;
        this.address = server.address();
        this.reader = StreamReader.of(address);
        this.deliveries = new Deliveries(reader);
        this.sleeper = new FeedSleeper(() -> reading, () -> deliveries.first() != null, LONGEST_SLEEP_NANOS);
        this.keeper = Daemons.thread("stream " + address, this::keep);
    }

    @Override
    public void open() throws IOException {
        Deadline deadline = Deadline.after(address.timeout());
        side = openSide(deadline);
        boolean opened = false;
        try {
            reader.begin(side, deadline, deliveries::add);
            reading = server.open(deadline, address.channel());
            opened = true;
        } catch (RefusedException cause) {
            throw server.explained(cause);
        } finally {
            if (!opened) {
                side.close();
            }
        }
        keeper.start();
    }

    private Session openSide(Deadline deadline) throws IOException {
        Session made = server.openToStay(deadline, address.channel());
        boolean done = false;
        try {
            reader.appear(made, deadline);
            done = true;
            return made;
        } finally {
            if (!done) {
                made.close();
            }
        }
    }

    // ---------------------------------------------------------------- the receiving thread

    /** Takes in what has come, and asks for more before there is none left. */
    void look() {
        acknowledge();
        Session current = reading;
        if (!asked && deliveries.size() < FEW && current.ended() == null) {
            askForMore(current);
        }
        current.look();
        side.lookForOthers();
        if (current.ended() instanceof RespReader.TooLongException large) {
            over = large.endOfSubscription(address);
        } else if (isLost()) {
            LockSupport.unpark(keeper);
        }
    }

    /** Tells the server what is done with. */
    void acknowledge() {
        deliveries.acknowledge(side);
    }

    /** Returns why no more will come, null while it may. */
    Ending over() {
        return over;
    }

    private boolean isLost() {
        return reading.ended() != null || side.ended() != null || refused;
    }

    private void askForMore(Session from) {
        asked = true;
        try {
            from.send(this::took, reader.next());
        } catch (IOException sessionHasEnded) {
            LOG.debug("subscribe to {}: {}", address, sessionHasEnded.getMessage());
        }
    }

    private void took(Object answer) {
        if (answer instanceof ServerError error) {
            LOG.warn("subscribe to {}: the server says {}", address, error);
            refused = true;
            return;
        }
        StreamEntries.ofRead(answer).forEach(deliveries::add);
        asked = false;
    }

    @Override
    public long lost() {
        return deliveries.trimmed();
    }

    @Override
    public Inbox inbox() {
        return new StreamInbox(this, deliveries);
    }

    @Override
    public Sleeper sleeper() {
        return sleeper;
    }

    // ---------------------------------------------------------------- the keeper

    private void keep() {
        Backoff backoff = new Backoff(() -> closed);
        while (!closed) {
            try {
                if (isLost()) {
                    if (over != null || !backoff.pause()) {
                        return;
                    }
                    restore();
                    backoff = new Backoff(() -> closed);
                } else {
                    reader.keep(side, Deadline.after(address.timeout()), this::addAndWake);
                }
            } catch (IOException | TransportException notNow) {
                LOG.debug("subscribe to {}: {}", address, notNow.getMessage());
            }
            if (!closed && !isLost()) {
                LockSupport.parkNanos(KEEP_EVERY_NANOS);
            }
        }
    }

    private void addAndWake(StreamEntry entry) {
        deliveries.add(entry);
        reading.untilArrival().wake();
    }

    private void restore() throws IOException {
        LOG.warn("subscribe to {}: the Redis server was lost; it goes on where it was", address);
        Session oldReading = reading;
        Session oldSide = side;
        server.start();
        Deadline deadline = Deadline.after(address.timeout());
        Session newSide = openSide(deadline);
        Session newReading = null;
        boolean done = false;
        try {
            newReading = server.open(deadline, address.channel());
            reader.resume(newReading, deadline, deliveries::add);
            done = true;
        } finally {
            if (!done) {
                closeAll(newSide, newReading);
            }
        }
        side = newSide;
        refused = false;
        asked = false;
        reading = newReading;
        sleeper.wake();
        oldReading.untilArrival().wake();
        closeAll(oldReading, oldSide);
    }

    private static void closeAll(Session first, Session second) throws IOException {
        try (Session one = first;
                Session other = second) {
            LOG.debug("closing {} and {}", one, other);
        }
    }

    /** Ends it; no thread receives any more. */
    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(keeper);
        Interruptions.during(() -> {
            while (keeper.isAlive()) {
                LockSupport.unpark(keeper);
                side.untilArrival().wake();
                keeper.join(10);
            }
            sayLastWords();
        });
        closeAll(reading, side);
    }

    /** What is done with is not to come again; what is in hand and was not handed out is for others. */
    private void sayLastWords() {
        deliveries.finishHandedOut();
        acknowledge();
        try {
            side.await(side::isAnswered, Deadline.after(LAST_WORDS), "XACK");
        } catch (IOException lost) {
            LOG.debug("closing the subscription to {}: {}", address, lost.getMessage());
        }
    }
}
