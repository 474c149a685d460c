package org.ipckit.sharedmemory;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.Address;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Message;

/**
 * What the listener says then: {@code ipckit-shm LAYOUT CAPACITY PATH}.
 *
 * @param capacityBytes the size of each ring of the segment
 * @param segment the file to map, which the client removes
 */
record Answer(int capacityBytes, Path segment) {

    private static final Pattern WORDS = Pattern.compile("ipckit-shm " + Layout.VERSION_1 + " (\\d{1,9}) (/[^\0]+)");

    Message toMessage() {
        return Message.utf8("ipckit-shm " + Layout.VERSION_1 + " " + capacityBytes + " " + segment);
    }

    /**
     * Reads it.
     *
     * @throws CorruptMessageException if it is none
     */
    static Answer of(Address address, Message message) {
        Matcher words = WORDS.matcher(message.toUtf8());
        int capacity = words.matches() ? Integer.parseInt(words.group(1)) : 0;
        if (Integer.bitCount(capacity) != 1
                || capacity < SharedMemoryOptions.LEAST_CAPACITY
                || capacity > SharedMemoryOptions.MOST_CAPACITY) {
            throw new CorruptMessageException("connect to " + address + ": expected 'ipckit-shm " + Layout.VERSION_1
                    + " CAPACITY PATH', got " + message);
        }
        return new Answer(capacity, Path.of(words.group(2)));
    }
}
