package org.ipckit.sharedmemory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Message;

/**
 * What a client says first: {@code ipckit-shm LAYOUT CAPACITY ABILITIES}, all decimal.
 *
 * @param capacityBytes the size of each ring that it asks for
 * @param able what it can do
 */
record Hello(int capacityBytes, Abilities able) {

    private static final Pattern WORDS = Pattern.compile("ipckit-shm (\\d{1,9})(?: (\\d{1,9}) (\\d{1,9}))?(?: .*)?");

    Message toMessage() {
        return Message.utf8("ipckit-shm " + Layout.VERSION_1 + " " + capacityBytes + " " + able.bits());
    }

    /**
     * Reads it.
     *
     * @throws CorruptMessageException if it is none, or asks for another layout
     */
    static Hello of(Message message) {
        Matcher words = WORDS.matcher(message.toUtf8());
        if (!words.matches()) {
            throw new CorruptMessageException("expected 'ipckit-shm LAYOUT CAPACITY ABILITIES'");
        }
        if (Integer.parseInt(words.group(1)) != Layout.VERSION_1) {
            throw new CorruptMessageException(
                    "the client has layout " + words.group(1) + ", this listener has layout " + Layout.VERSION_1);
        }
        int capacity = words.group(2) == null ? 0 : Integer.parseInt(words.group(2));
        if (Integer.bitCount(capacity) != 1
                || capacity < SharedMemoryOptions.LEAST_CAPACITY
                || capacity > SharedMemoryOptions.MOST_CAPACITY) {
            throw new CorruptMessageException("the client asks for rings of " + capacity + " bytes");
        }
        return new Hello(capacity, Abilities.ofBits(Integer.parseInt(words.group(3))));
    }
}
