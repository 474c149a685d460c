package org.ipckit.demos;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Mistakes that everybody makes once, each shown by a program, and what helps. */
public enum Mistake {
    LOST_UPDATE(
            "two writers of a file without the lock",
            "Two programs read a number from a file, add one, and write it back. Whoever reads between the other's read and"
                    + " write takes the other's addition back. Nothing fails, and the number is wrong. A lock that both take"
                    + " before they read and give back after they have written helps; one that only one of them takes does"
                    + " not."),
    TORN_READ(
            "a read of mapped memory while it is written",
            "Memory has no messages. Who reads 64 bytes while another writes them may get some of the old and some of the"
                    + " new. A lock in the same memory helps, or a word that says that the rest is complete, as shm:// has."),
    MERGED_SIGNALS(
            "counting signals",
            "A signal that has not been taken yet is one bit: if the same comes again it is the same bit. So five of them can"
                    + " come as one, as here at a process that is stopped meanwhile. Let a signal mean 'look again', and"
                    + " keep what there is to see elsewhere: ServiceState does."),
    BIT_BY_BIT(
            "a message sent bit by bit with two signals",
            "SIGUSR1 for a one, SIGWINCH for a zero: it looks as if signals could carry data. But two that wait at the same"
                    + " time have no order, and the same twice is one. So each bit has to be acknowledged before the next."
                    + " Queued real-time signals have an order and carry eight bytes each: signal:// is made of them."),
    MIXED_MESSAGES(
            "messages longer than PIPE_BUF from two writers of a pipe",
            "The kernel promises that up to 4096 bytes go into a pipe as a whole. What is longer it may take in pieces, and"
                    + " those of another writer come between. It works for months, until the pipe is full at the wrong"
                    + " moment. Keep to 4096 bytes, or take a pipe for each writer, as pipe:// does."),
    LATE_SUBSCRIBER(
            "a subscriber that comes too late",
            "Publish and subscribe hands a message to those who are subscribed now. To whom comes a moment later it never"
                    + " was, and the publisher is told no more than the number 0. A stream keeps what was published:"
                    + " redis-stream:// reads it from the start.");

    private final String summary;
    private final String explanation;

    Mistake(String summary, String explanation) {
        this.summary = summary;
        this.explanation = explanation;
    }

    /** Returns the mistake of that name. */
    public static Optional<Mistake> named(String title) {
        return Arrays.stream(values())
                .filter(mistake -> mistake.title().equals(title))
                .findFirst();
    }

    /** Returns its name on the command line. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what is done wrong, in a few words. */
    public String summary() {
        return summary;
    }

    /** Returns why it is wrong and what helps, in a few sentences. */
    public String explanation() {
        return explanation;
    }

    /** Returns the class of the program that shows it. */
    public String program() {
        StringBuilder name = new StringBuilder("org.ipckit.demos.mistakes.");
        for (String word : title().split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
