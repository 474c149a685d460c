package org.ipckit.redis;

import java.nio.ByteBuffer;
import org.ipckit.redis.StreamEntries.StreamEntry;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;

/** What was lent is done with when its handler returns; what was handed out when the next one is asked for. */
final class StreamInbox implements Inbox {

    private final StreamFeed feed;
    private final Deliveries deliveries;
    private StreamEntry first;
    private boolean lent;

    StreamInbox(StreamFeed feed, Deliveries deliveries) {
        this.feed = feed;
        this.deliveries = deliveries;
    }

    @Override
    public int look() {
        if (deliveries.finishHandedOut()) {
            feed.acknowledge();
        }
        int known = next();
        if (known >= 0) {
            return known;
        }
        feed.look();
        boolean end = ending() != null;
        known = next();
        return known == NONE && end ? END : known;
    }

    @Override
    public int next() {
        first = deliveries.first();
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
        if (lent) {
            deliveries.finishFirst();
            feed.acknowledge();
        } else {
            deliveries.handOutFirst();
        }
    }

    @Override
    public Ending ending() {
        return feed.over();
    }
}
