package org.ipckit.redis;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.ipckit.redis.RedisStreamTransport.From;
import org.ipckit.redis.StreamEntries.StreamEntry;
import org.ipckit.transport.spi.Deadline;

/** Reads a stream for itself: it alone knows how far it is. */
final class LoneReader implements StreamReader {

    private static final String OLDEST = "0-0";

    private final String stream;
    private final From from;
    private volatile String last = OLDEST;

    LoneReader(RedisAddress address) {
        this.stream = address.channel();
        this.from = RedisStreamTransport.from(address);
    }

    @Override
    public void appear(Session side, Deadline deadline) throws IOException {
        side.subscribe(deadline, "SUBSCRIBE", StreamReader.readers(stream));
    }

    @Override
    public void begin(Session side, Deadline deadline, Consumer<StreamEntry> taker) throws IOException {
        if (from != From.START) {
            List<StreamEntry> newest = StreamEntries.of(side.ask(deadline, "XREVRANGE", stream, "+", "-", "COUNT", 1));
            last = newest.isEmpty() ? OLDEST : newest.get(0).id();
        }
    }

    @Override
    public Object[] next() {
        return new Object[] {"XREAD", "COUNT", AT_ONCE, "BLOCK", 0, "STREAMS", stream, last};
    }

    @Override
    public boolean isNew(StreamEntry entry) {
        last = entry.id();
        return true;
    }

    @Override
    public void resume(Session reading, Deadline deadline, Consumer<StreamEntry> taker) {
        // It knows where it was.
    }

    @Override
    public void keep(Session side, Deadline deadline, Consumer<StreamEntry> taker) {
        // It has nothing of anybody else's to look after.
    }

    @Override
    public List<Object> acknowledging(List<String> ids) {
        return List.of();
    }

    @Override
    public void acknowledged(List<String> ids) {
        // Nobody has asked for it.
    }
}
