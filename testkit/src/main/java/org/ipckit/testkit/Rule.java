package org.ipckit.testkit;

import java.util.Locale;

/** A rule of the contract that every transport keeps. Each test of the kit proves one of them. */
public enum Rule {
    LIFETIME(
            "a Message is its holder's for ever; a lent buffer dies when the handler returns (a kept one may read zeros,"
                    + " never crash); an offered buffer is free on return"),
    EMPTY("a message of 0 bytes is a message"),
    SIZE("exactly maxMessageSize goes through; one more is refused before anything is written, and the connection still"
            + " works"),
    ORDER("as sent, per direction, on every transport"),
    TIMEOUT("no earlier than its time unless there is a result; ZERO looks once; the connection is as it was;"
            + " negative = IllegalArgument, FOREVER = for ever"),
    INTERRUPT(
            "ends a wait with InterruptedWait, flag set, connection usable; a flag set before the call does the same at"
                    + " once"),
    CLOSE("any thread, any number of times, wakes waiters; afterwards every call but close, isOpen, address throws"
            + " THIS_SIDE"),
    LAST_WORDS("what was accepted before close is received before PEER is reported"),
    DEBRIS(
            "once both sides are closed or dead and somebody listened again nothing is left; nobody else's live address or"
                    + " foreign file is ever touched"),
    CRASH("kill -9 of the peer at any instant shows in a call in progress, or made later than 1 s after; what it had"
            + " committed is still received, nothing torn, nothing twice"),
    PAUSE("a stopped peer is not dead"),
    STRANGERS("bytes that are not our protocol end that connection with CorruptMessage; the listener lives on"),
    VIRTUAL("as many waiting virtual threads as carriers + 1 never starve another"),

    INTEGRITY("every byte of a message arrives as it was sent, whatever its size and load"),
    OFFER("the bytes between position and limit of any kind of buffer are sent, and the buffer is not consumed"),
    CLAIM("a claim sends exactly what was committed, and until then nothing else"),
    POLL("hands over what is there, at most the limit, each message once, in a read-only buffer from 0 to its size"),
    CONNECT("connect returns when a listener has taken the connection, and keeps trying until its time is over"),
    DUPLEX("one thread may send while another receives and a third closes; Connections.shared takes any number"),
    CAPABILITIES("what the capabilities of an address say is so, and an option that is not known is refused");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** Returns what the rule says. */
    public String text() {
        return text;
    }

    /** Returns the name as it is written in texts, such as {@code last words}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
