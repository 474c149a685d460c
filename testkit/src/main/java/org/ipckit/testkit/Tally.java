package org.ipckit.testkit;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Compares what arrives with what was to be sent. One thread uses it. */
final class Tally {

    /** Whether messages have to come in the order in which they were sent. Only the rule about order asks for it. */
    enum Order {
        AS_SENT,
        ANY
    }

    private final Payload expected;
    private final Order order;
    private final BitSet seen = new BitSet();
    private int count;

    Tally(Payload expected, Order order) {
        this.expected = expected;
        this.order = order;
    }

    /** Takes the message that has come next; fails if it is not one of those sent, or came before. */
    void add(ByteBuffer message) {
        int number = expected.mostBytes() < Payload.NUMBERED_BYTES ? count : Payload.numberOf(message);
        if (number < 0 || number >= expected.count()) {
            throw new AssertionError("message " + count + " is none of those sent: " + message.remaining()
                    + " bytes, says it is number " + number + " of " + expected.count());
        }
        if (order == Order.AS_SENT && number != count) {
            throw new AssertionError("message " + number + " has come when " + count + " was next");
        }
        if (seen.get(number)) {
            throw new AssertionError("message " + number + " has come twice");
        }
        ByteBuffer wanted = ByteBuffer.wrap(expected.bytes(number));
        int difference = wanted.mismatch(message);
        if (difference >= 0) {
            throw new AssertionError("message " + number + " has come with " + message.remaining()
                    + " bytes, sent were " + wanted.remaining() + "; they differ from byte " + difference + " on");
        }
        seen.set(number);
        count++;
    }

    int count() {
        return count;
    }

    boolean isComplete() {
        return count == expected.count();
    }

    /** Fails if one of the first so many messages has not come. */
    void requireFirst(int committed) {
        int missing = seen.nextClearBit(0);
        if (missing < committed) {
            throw new AssertionError(
                    "message " + missing + " has not come; " + committed + " were sent, " + count + " have come");
        }
    }
}
