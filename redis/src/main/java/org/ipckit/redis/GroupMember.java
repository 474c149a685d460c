package org.ipckit.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ipckit.redis.RedisStreamTransport.From;
import org.ipckit.redis.StreamEntries.StreamEntry;
import org.ipckit.transport.spi.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream as a member of a group, whose members share the messages. It is subscribed to a channel of its own, by
 * which the others know that it lives; it takes over what members had not acknowledged that live no more.
 */
final class GroupMember implements StreamReader {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);
    private static final String MEMBER = "ipckit-";
    private static final int ALL = 1 << 20;

    private final RedisAddress address;
    private final String stream;
    private final String group;
    private final From from;
    private final String name = MEMBER + Channels.newToken();

    /** What was handed to this member, until the server has heard that it is done with. */
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    GroupMember(RedisAddress address, String group) {
        this.address = address;
        this.stream = address.channel();
        this.group = group;
        this.from = RedisStreamTransport.from(address);
    }

    private byte[] life(String member) {
        return ("ipckit:{" + stream + "}:member:" + member).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void appear(Session side, Deadline deadline) throws IOException {
        // Alive before there is anything that a living member could be asked for.
        side.subscribe(deadline, "SUBSCRIBE", life(name));
        side.subscribe(deadline, "SUBSCRIBE", StreamReader.readers(stream));
    }

    @Override
    public void begin(Session side, Deadline deadline, Consumer<StreamEntry> taker) throws IOException {
        String begin = from == From.START ? "0" : "$";
        boolean isNewGroup = created(side, deadline, begin);
        if (!isNewGroup && from != From.LAST) {
            side.ask(deadline, "XGROUP", "SETID", stream, group, begin);
        }
        keep(side, deadline, taker);
    }

    /** Returns false if the group was there. */
    private boolean created(Session side, Deadline deadline, String id) throws IOException {
        try {
            side.ask(deadline, "XGROUP", "CREATE", stream, group, id, "MKSTREAM");
            return true;
        } catch (RefusedException there) {
            if (there.error().is("BUSYGROUP")) {
                return false;
            }
            throw there;
        }
    }

    @Override
    public Object[] next() {
        return new Object[] {"XREADGROUP", "GROUP", group, name, "COUNT", AT_ONCE, "BLOCK", 0, "STREAMS", stream, ">"};
    }

    @Override
    public boolean isNew(StreamEntry entry) {
        return inHand.add(entry.id());
    }

    @Override
    public void resume(Session reading, Deadline deadline, Consumer<StreamEntry> taker) throws IOException {
        created(reading, deadline, "0");
        // What the server has handed to this member, and never came; what is in hand here is known.
        StreamEntries.ofRead(
                        reading.ask(deadline, "XREADGROUP", "GROUP", group, name, "COUNT", ALL, "STREAMS", stream, "0"))
                .forEach(taker);
    }

    @Override
    public List<Object> acknowledging(List<String> ids) {
        List<Object> words = new ArrayList<>(List.of("XACK", stream, group));
        words.addAll(ids);
        return words;
    }

    @Override
    public void acknowledged(List<String> ids) {
        ids.forEach(inHand::remove);
    }

    // ---------------------------------------------------------------- the others

    /** Takes what members have not acknowledged that are not subscribed to the channel of their life any more. */
    @Override
    public void keep(Session side, Deadline deadline, Consumer<StreamEntry> taker) throws IOException {
        Object members = side.ask(deadline, "XINFO", "CONSUMERS", stream, group);
        for (Object each : (List<?>) members) {
            String other = RespValues.text(RespValues.valueOf(each, "name"));
            if (other.startsWith(MEMBER)
                    && !other.equals(name)
                    && RedisConnections.subscribers(side, life(other), deadline) == 0) {
                takeOverFrom(other, side, deadline, taker);
            }
        }
    }

    private void takeOverFrom(String dead, Session side, Deadline deadline, Consumer<StreamEntry> taker)
            throws IOException {
        while (true) {
            List<?> pending = (List<?>) side.ask(deadline, "XPENDING", stream, group, "-", "+", AT_ONCE, dead);
            if (pending.isEmpty()) {
                side.ask(deadline, "XGROUP", "DELCONSUMER", stream, group, dead);
                return;
            }
            List<Object> words = new ArrayList<>(List.of("XCLAIM", stream, group, name, "0"));
            pending.forEach(each -> words.add(idOf(each)));
            List<StreamEntry> claimed = StreamEntries.of(side.ask(deadline, words.toArray()));
            LOG.info("subscribe to {}: took over {} messages of a member that has died", address, claimed.size());
            claimed.forEach(taker);
            if (claimed.isEmpty()) {
                // Another member was faster, or they were trimmed: then nobody can have them any more.
                for (Object each : pending) {
                    forgetTrimmed(idOf(each), side, deadline, taker);
                }
                return;
            }
        }
    }

    private static String idOf(Object pending) {
        return RespValues.text(((List<?>) pending).get(0));
    }

    private void forgetTrimmed(String id, Session side, Deadline deadline, Consumer<StreamEntry> taker)
            throws IOException {
        List<?> there = (List<?>) side.ask(deadline, "XRANGE", stream, id, id);
        if (there.isEmpty() && side.ask(deadline, "XACK", stream, group, id).equals(1L)) {
            taker.accept(new StreamEntry(id, null));
        }
    }
}
