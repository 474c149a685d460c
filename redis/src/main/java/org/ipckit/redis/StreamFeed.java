package org.ipckit.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.redis.RedisStreamTransport.From;
import org.ipckit.redis.StreamEntries.StreamEntry;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.Daemons;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.ThreadSleeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream, for itself or as a member of a group. Two sessions: one waits for messages at the server, and does
 * nothing else meanwhile; the other acknowledges, and says by what it is subscribed to that this member lives. A thread
 * takes over what dead members have not acknowledged, and opens the sessions again when they have ended.
 */
final class StreamFeed implements Feed {

    static final String FIELD = "message";

    private static final Logger LOG = LoggerFactory.getLogger(StreamFeed.class);
    private static final String MEMBER = "ipckit-";
    private static final int AT_ONCE = 64;
    private static final int FEW = 16;
    private static final long KEEP_EVERY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_SLEEP_NANOS = Duration.ofMillis(200).toNanos();
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final RedisServer server;
    private final RedisAddress address;
    private final String stream;
    private final String group;
    private final String member = MEMBER + Channels.newToken();
    private final Queue<StreamEntry> arrived = new ConcurrentLinkedQueue<>();

    /** What was handed to this member, until the server has heard that it is done with. */
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final AtomicLong trimmed = new AtomicLong();
    private final ThreadSleeper untilSession = new ThreadSleeper();
    private final Thread keeper;
    private volatile String last;
    private volatile Session reading;
    private volatile Session side;
    private volatile boolean asked;
    private volatile boolean groupIsGone;

    /** What the caller has, and may still be busy with. */
    private volatile String handedOutLast;

    private volatile Ending over;
    private volatile boolean closed;

    StreamFeed(RedisServer server) {
        this.server = server;
        this.address = server.address();
        this.stream = address.channel();
        this.group = address.options().text("consumer", "");
        this.keeper = Daemons.thread("stream " + address, this::keep);
    }

    /** Returns the channel that everybody is subscribed to who reads a stream. */
    static byte[] readers(String stream) {
        return ("ipckit:{" + stream + "}:readers").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] life(String name) {
        return ("ipckit:{" + stream + "}:member:" + name).getBytes(StandardCharsets.UTF_8);
    }

    private boolean isNamed() {
        return !group.isEmpty();
    }

    @Override
    public void open() throws IOException {
        Deadline deadline = Deadline.after(address.timeout());
        openSide(deadline);
        boolean opened = false;
        try {
            begin(deadline);
            reading = server.open(deadline, stream);
            opened = true;
        } catch (Session.RefusedException refused) {
            throw server.explained(refused);
        } finally {
            if (!opened) {
                side.close();
            }
        }
        keeper.start();
    }

    private void openSide(Deadline deadline) throws IOException {
        Session made = server.open(deadline, stream);
        boolean done = false;
        try {
            // Alive before there is anything that a living member could be asked for.
            if (isNamed()) {
                made.subscribe(deadline, "SUBSCRIBE", life(member));
            }
            made.subscribe(deadline, "SUBSCRIBE", readers(stream));
            side = made;
            done = true;
        } finally {
            if (!done) {
                made.close();
            }
        }
    }

    private void begin(Deadline deadline) throws IOException {
        From from = RedisStreamTransport.from(address);
        if (!isNamed()) {
            last = from == From.START ? "0-0" : lastOf(deadline);
            return;
        }
        boolean isNew = created(deadline, from == From.START ? "0" : "$");
        if (!isNew && from != From.LAST) {
            side.ask(deadline, "XGROUP", "SETID", stream, group, from == From.START ? "0" : "$");
        }
        takeOver(deadline);
    }

    /** Returns false if the group was there. */
    private boolean created(Deadline deadline, String id) throws IOException {
        try {
            side.ask(deadline, "XGROUP", "CREATE", stream, group, id, "MKSTREAM");
            return true;
        } catch (Session.RefusedException there) {
            if (there.error().is("BUSYGROUP")) {
                return false;
            }
            throw there;
        }
    }

    private String lastOf(Deadline deadline) throws IOException {
        List<StreamEntry> newest = StreamEntries.of(side.ask(deadline, "XREVRANGE", stream, "+", "-", "COUNT", 1));
        return newest.isEmpty() ? "0-0" : newest.get(0).id();
    }

    // ---------------------------------------------------------------- the receiving thread

    private void look() {
        acknowledge();
        Session current = reading;
        if (!asked && arrived.size() < FEW && current.ended() == null) {
            askForMore(current);
        }
        current.look();
        side.lookForOthers();
        if (current.ended() instanceof RespReader.TooLongException large) {
            over = large.endOfSubscription(address);
        } else if (current.ended() != null || side.ended() != null) {
            LockSupport.unpark(keeper);
        }
    }

    private void askForMore(Session from) {
        asked = true;
        try {
            if (isNamed()) {
                from.send(
                        this::took,
                        "XREADGROUP",
                        "GROUP",
                        group,
                        member,
                        "COUNT",
                        AT_ONCE,
                        "BLOCK",
                        0,
                        "STREAMS",
                        stream,
                        ">");
            } else {
                from.send(this::took, "XREAD", "COUNT", AT_ONCE, "BLOCK", 0, "STREAMS", stream, last);
            }
        } catch (IOException sessionHasEnded) {
            LOG.debug("subscribe to {}: {}", address, sessionHasEnded.getMessage());
        }
    }

    private void took(Object answer) {
        if (answer instanceof ServerError error) {
            // The group was destroyed, or the stream with it: the keeper makes it again.
            LOG.warn("subscribe to {}: the server says {}", address, error);
            groupIsGone = true;
            return;
        }
        StreamEntries.ofRead(answer).forEach(this::add);
        asked = false;
    }

    private void add(StreamEntry entry) {
        if (!isNamed()) {
            last = entry.id();
        } else if (!inHand.add(entry.id())) {
            return;
        }
        if (entry.message() == null) {
            trimmed.incrementAndGet();
            done.add(entry.id());
        } else {
            arrived.add(entry);
        }
    }

    /** Tells the server what is done with, many at a time if there are. */
    private void acknowledge() {
        if (!isNamed() || done.isEmpty() || side.ended() != null) {
            return;
        }
        List<String> ids = new ArrayList<>();
        for (String id = done.poll(); id != null; id = done.poll()) {
            ids.add(id);
        }
        List<Object> words = new ArrayList<>(List.of("XACK", stream, group));
        words.addAll(ids);
        try {
            side.send(answer -> ids.forEach(inHand::remove), words.toArray());
        } catch (IOException sessionHasEnded) {
            // They are done with all the same, and said to be with the next session.
            done.addAll(ids);
        }
    }

    @Override
    public long lost() {
        return trimmed.get();
    }

    @Override
    public Inbox inbox() {
        return new In();
    }

    /** What was lent is done with when its handler returns; what was handed out when the next one is asked for. */
    private final class In implements Inbox {

        private StreamEntry first;
        private String handedOut;
        private boolean lent;

        @Override
        public int look() {
            finishHandedOut();
            int known = next();
            if (known >= 0) {
                return known;
            }
            StreamFeed.this.look();
            boolean end = over != null;
            known = next();
            return known == NONE && end ? END : known;
        }

        private void finishHandedOut() {
            if (handedOut != null) {
                done.add(handedOut);
                handedOut = null;
                acknowledge();
            }
        }

        @Override
        public int next() {
            first = arrived.peek();
            return first == null ? NONE : first.message().size();
        }

        @Override
        public ByteBuffer lend(int sizeBytes) {
            lent = true;
            return first.message().asByteBuffer();
        }

        @Override
        public Message copy(int sizeBytes) {
            lent = false;
            return first.message();
        }

        @Override
        public void consume(int sizeBytes) {
            StreamEntry entry = arrived.remove();
            if (lent) {
                done.add(entry.id());
                acknowledge();
            } else {
                handedOut = entry.id();
                handedOutLast = entry.id();
            }
        }

        @Override
        public Ending ending() {
            return over;
        }
    }

    @Override
    public Sleeper sleeper() {
        return new FeedSleeper();
    }

    private final class FeedSleeper implements Sleeper {

        @Override
        public void sleep(long nanos) {
            Session current = reading;
            long longest = Math.min(nanos, LONGEST_SLEEP_NANOS);
            if (current.ended() != null || !arrived.isEmpty()) {
                untilSession.sleep(arrived.isEmpty() ? longest : 0);
            } else {
                current.untilArrival().sleep(longest);
            }
        }

        @Override
        public void wake() {
            untilSession.wake();
            reading.untilArrival().wake();
        }

        @Override
        public void close() {
            untilSession.close();
        }
    }

    // ---------------------------------------------------------------- the keeper

    private void keep() {
        Backoff backoff = new Backoff(() -> closed);
        while (!closed) {
            try {
                if (reading.ended() != null || side.ended() != null || groupIsGone) {
                    if (over != null || !backoff.pause()) {
                        return;
                    }
                    restore();
                    backoff = new Backoff(() -> closed);
                } else if (isNamed()) {
                    takeOver(Deadline.after(address.timeout()));
                }
            } catch (IOException | TransportException notNow) {
                LOG.debug("subscribe to {}: {}", address, notNow.getMessage());
            }
            if (!closed && reading.ended() == null && side.ended() == null && !groupIsGone) {
                LockSupport.parkNanos(KEEP_EVERY_NANOS);
            }
        }
    }

    private void restore() throws IOException {
        LOG.warn("subscribe to {}: the Redis server was lost; nothing is, it goes on where it was", address);
        Session oldReading = reading;
        Session oldSide = side;
        server.start();
        Deadline deadline = Deadline.after(address.timeout());
        openSide(deadline);
        Session made = server.open(deadline, stream);
        if (isNamed()) {
            created(deadline, "0");
            // What the server has handed to this member, and never came; what is in hand here is known.
            StreamEntries.ofRead(made.ask(
                            deadline, "XREADGROUP", "GROUP", group, member, "COUNT", 1 << 20, "STREAMS", stream, "0"))
                    .forEach(this::add);
        }
        groupIsGone = false;
        asked = false;
        reading = made;
        untilSession.wake();
        oldReading.untilArrival().wake();
        oldReading.close();
        oldSide.close();
    }

    /** Takes what members have not acknowledged that are not subscribed to the channel of their life any more. */
    private void takeOver(Deadline deadline) throws IOException {
        Object members = side.ask(deadline, "XINFO", "CONSUMERS", stream, group);
        for (Object each : (List<?>) members) {
            String name = Session.text(value(each, "name"));
            if (name.startsWith(MEMBER) && !name.equals(member) && isDead(name, deadline)) {
                takeOverFrom(name, deadline);
            }
        }
    }

    private static Object value(Object flatMap, String key) {
        List<?> parts = (List<?>) flatMap;
        for (int at = 0; at + 1 < parts.size(); at += 2) {
            if (Session.text(parts.get(at)).equals(key)) {
                return parts.get(at + 1);
            }
        }
        return RespReader.NIL;
    }

    private boolean isDead(String name, Deadline deadline) throws IOException {
        return RedisConnections.subscribers(side, life(name), deadline) == 0;
    }

    private void takeOverFrom(String dead, Deadline deadline) throws IOException {
        while (true) {
            List<?> pending = (List<?>) side.ask(deadline, "XPENDING", stream, group, "-", "+", AT_ONCE, dead);
            if (pending.isEmpty()) {
                side.ask(deadline, "XGROUP", "DELCONSUMER", stream, group, dead);
                return;
            }
            List<Object> words = new ArrayList<>(List.of("XCLAIM", stream, group, member, "0"));
            for (Object each : pending) {
                words.add(Session.text(((List<?>) each).get(0)));
            }
            List<StreamEntry> claimed = StreamEntries.of(side.ask(deadline, words.toArray()));
            LOG.info("subscribe to {}: took over {} messages of a member that has died", address, claimed.size());
            claimed.forEach(this::add);
            if (reading != null) {
                reading.untilArrival().wake();
            }
            if (claimed.isEmpty()) {
                // Another member was faster, or they were trimmed: then nobody can have them any more.
                forget(pending, deadline);
                return;
            }
        }
    }

    private void forget(List<?> pending, Deadline deadline) throws IOException {
        for (Object each : pending) {
            String id = Session.text(((List<?>) each).get(0));
            List<?> there = (List<?>) side.ask(deadline, "XRANGE", stream, id, id);
            if (there.isEmpty()) {
                trimmed.addAndGet((Long) side.ask(deadline, "XACK", stream, group, id));
            }
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
        try (Session first = reading;
                Session second = side) {
            LOG.debug("closing {} and {}", first, second);
        }
    }

    /** What is done with is not to come again; what is in hand and was not handed out is for others. */
    private void sayLastWords() {
        if (handedOutLast != null && inHand.contains(handedOutLast) && !done.contains(handedOutLast)) {
            done.add(handedOutLast);
        }
        acknowledge();
        try {
            side.await(side::isAnswered, Deadline.after(LAST_WORDS), "XACK");
        } catch (IOException lost) {
            LOG.debug("closing the subscription to {}: {}", address, lost.getMessage());
        }
    }
}
