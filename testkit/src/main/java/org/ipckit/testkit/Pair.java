package org.ipckit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;

/**
 * Both ends of a connection.
 *
 * @param near the end that is tested, here
 * @param far the other end, wherever it is
 */
record Pair(Connection near, FarConnection far) {

    /** Fails unless a message goes each way. */
    void requireWorking() {
        near.send(Message.utf8("question"));
        assertEquals("question", far.hear(), "heard at the far end");
        far.say("answer");
        assertEquals(Message.utf8("answer"), Traffic.next(near), "received from the far end");
    }
}
