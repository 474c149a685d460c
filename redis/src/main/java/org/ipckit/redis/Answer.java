package org.ipckit.redis;

/** Takes the answer to one command, on whichever thread has read it; strings of bytes are lent. */
@FunctionalInterface
interface Answer {
    void take(Object value);
}
