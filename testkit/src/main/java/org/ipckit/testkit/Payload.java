package org.ipckit.testkit;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.ipckit.transport.Message;

/**
 * Messages that both ends of a test can make: one end sends them, the other makes them again and compares. A message of
 * at least 8 bytes begins with its number.
 *
 * @param seed what all bytes come from
 * @param count how many messages there are
 * @param leastBytes the size of the smallest
 * @param mostBytes the size of the largest
 */
record Payload(long seed, int count, int leastBytes, int mostBytes) {

    /** A message of fewer bytes does not say its number. */
    static final int NUMBERED_BYTES = 8;

    /** The number of a message that is none. */
    private static final int NO_NUMBER = -1;

    /** Many messages of one size. */
    static Payload of(long seed, int count, int sizeBytes) {
        return new Payload(seed, count, sizeBytes, sizeBytes);
    }

    static Payload ofWords(String[] words, int from) {
        return new Payload(
                Long.parseLong(words[from]),
                Integer.parseInt(words[from + 1]),
                Integer.parseInt(words[from + 2]),
                Integer.parseInt(words[from + 3]));
    }

    Object[] words() {
        return new Object[] {seed, count, leastBytes, mostBytes};
    }

    Payload first(int fewer) {
        return new Payload(seed, fewer, leastBytes, mostBytes);
    }

    /** Returns the content of a message. */
    byte[] bytes(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        byte[] bytes = new byte[leastBytes == mostBytes ? leastBytes : random.nextInt(leastBytes, mostBytes + 1)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length >= NUMBERED_BYTES) {
            buffer.putInt(number);
        }
        while (buffer.remaining() >= Long.BYTES) {
            buffer.putLong(random.nextLong());
        }
        while (buffer.hasRemaining()) {
            buffer.put((byte) random.nextInt());
        }
        return bytes;
    }

    Message message(int number) {
        return Message.of(bytes(number));
    }

    /** Returns the number that the message says it has. */
    static int numberOf(ByteBuffer message) {
        return message.remaining() < NUMBERED_BYTES ? NO_NUMBER : message.getInt(message.position());
    }
}
