package org.ipckit.testkit;

/**
 * What the far end can be told to do. A connection or listener is known by the name that the command which opened it
 * gave it.
 */
enum Verb {
    /** {@code listener address}: answers the address as bound. */
    LISTEN,
    /** {@code listener connection}: waits for the next connection. */
    ACCEPT,
    /** {@code connection address millis}. */
    CONNECT,
    /** {@code connection payload}: sends the messages, tells after each. */
    SEND,
    /** {@code connection payload}: the same by claim and commit. */
    SEND_BY_CLAIM,
    /** {@code connection payload}: offers without waiting until there is no room; answers how many were accepted. */
    BURST,
    /** {@code connection payload order}: receives and compares all messages, tells after each. */
    RECEIVE,
    /** {@code connection payload order}: the same by polling. */
    POLL,
    /** {@code connection payload order}: receives and compares until the end; answers how many and who ended it. */
    DRAIN,
    /** {@code connection}: sends each message back until the end; answers who ended it. */
    ECHO,
    /** {@code connection text}: sends the text. */
    SAY,
    /** {@code connection}: receives a text and answers it. */
    HEAR,
    /** {@code connection size}: claims and leaves the claim open. */
    CLAIM,
    /** {@code connection}. */
    FLUSH,
    /** {@code name}: closes the connection or listener. */
    CLOSE,
    /** Answers the number of descriptors, threads and heap bytes in use. */
    COUNT,
    /** Closes everything and ends every other command. */
    RESET,
    /** Ends the JVM without a word. */
    HALT
}
