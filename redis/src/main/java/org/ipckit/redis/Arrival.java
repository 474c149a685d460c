package org.ipckit.redis;

import java.nio.ByteBuffer;

/** Takes what comes to a channel, on whichever thread has read it. */
@FunctionalInterface
interface Arrival {
    /** Takes one message; both buffers are lent. */
    void message(ByteBuffer channel, ByteBuffer message);
}
