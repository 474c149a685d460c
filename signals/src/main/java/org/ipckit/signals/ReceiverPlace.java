package org.ipckit.signals;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a process takes queued signals.
 *
 * @param process the process
 * @param thread the thread of it that takes them
 * @param signal which ones
 */
record ReceiverPlace(ProcessIdentity process, int thread, int signal) {

    private static final int MOST_SIGNAL = 64;
    private static final int LEAST_SIGNAL = 32;
    private static final Pattern WORDS =
            Pattern.compile("pid (\\d{1,9}) start (\\d{1,18}) thread (\\d{1,9}) signal (\\d{1,3})");

    /** A signal that is not a real-time one would not be queued, and most would end the process. */
    ReceiverPlace {
        if (signal < LEAST_SIGNAL || signal > MOST_SIGNAL) {
            throw new IllegalArgumentException("signal " + signal + " is not a real-time signal");
        }
    }

    /** Reads the words of {@link #toString}; empty if it is something else. */
    static Optional<ReceiverPlace> parse(String words) {
        Matcher said = WORDS.matcher(words);
        if (!said.matches()) {
            return Optional.empty();
        }
        int signal = Integer.parseInt(said.group(4));
        if (signal < LEAST_SIGNAL || signal > MOST_SIGNAL) {
            return Optional.empty();
        }
        return Optional.of(new ReceiverPlace(
                new ProcessIdentity(Long.parseLong(said.group(1)), Long.parseLong(said.group(2))),
                Integer.parseInt(said.group(3)),
                signal));
    }

    @Override
    public String toString() {
        return "pid " + process.pid() + " start " + process.startTicks() + " thread " + thread + " signal " + signal;
    }
}
