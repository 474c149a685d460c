package org.ipckit.codecs;

import java.util.Objects;
import org.ipckit.transport.Message;

/**
 * A value of an extension type of MessagePack. The type -1, a point in time, is a {@link java.time.Instant} instead.
 *
 * @param type from -128 to 127; those from 0 on are the applications'
 */
public record MessagePackExtension(int type, Message data) {

    public MessagePackExtension {
        if (type < Byte.MIN_VALUE || type > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("extension type " + type + " is not between -128 and 127");
        }
        Objects.requireNonNull(data, "data");
    }
}
