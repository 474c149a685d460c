package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.Message;

/** Reads the answers of XREAD, XREADGROUP and XCLAIM. */
final class StreamEntries {

    /**
     * One message of a stream.
     *
     * @param message null if it was trimmed before it was read
     */
    record StreamEntry(String id, Message message) {}

    private StreamEntries() {}

    /** Returns the entries of the one stream that was asked for, none if the answer has none. */
    static List<StreamEntry> ofRead(Object answer) {
        if (!(answer instanceof List<?> streams) || streams.isEmpty()) {
            return List.of();
        }
        // As a map of streams, which is flat here, or as a list of pairs.
        List<?> pair = streams.get(0) instanceof List<?> first ? first : streams;
        return of(pair.get(1));
    }

    /** Returns the entries of a list of them. */
    static List<StreamEntry> of(Object answer) {
        List<StreamEntry> entries = new ArrayList<>();
        if (answer instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof List<?> idAndFields) {
                    entries.add(new StreamEntry(RespValues.text(idAndFields.get(0)), message(idAndFields.get(1))));
                }
            }
        }
        return entries;
    }

    /** The field that we write or, of what others have written, the first. */
    private static Message message(Object fields) {
        if (!(fields instanceof List<?> list) || list.size() < 2) {
            return null;
        }
        Object value = list.get(1);
        for (int at = 0; at + 1 < list.size(); at += 2) {
            if (RespValues.text(list.get(at)).equals(StreamFeed.FIELD)) {
                value = list.get(at + 1);
            }
        }
        return Message.copyOf(((ByteBuffer) value).duplicate());
    }
}
