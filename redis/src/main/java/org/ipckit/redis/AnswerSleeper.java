package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import org.ipckit.transport.spi.Sleeper;

/** Sleeps as a session does, but leaves it open, and moves on what could not be written at once. */
final class AnswerSleeper implements Sleeper {

    private static final long SLICE_NANOS = Duration.ofMillis(5).toNanos();

    private final Commands commands;
    private final Sleeper untilArrival;

    AnswerSleeper(Commands commands, Sleeper untilArrival) {
        this.commands = commands;
        this.untilArrival = untilArrival;
    }

    @Override
    public void sleep(long longest) {
        if (!commands.isPending()) {
            untilArrival.sleep(longest);
            return;
        }
        try {
            commands.drain();
        } catch (IOException seenByTheLook) {
            return;
        }
        untilArrival.sleep(Math.min(longest, SLICE_NANOS));
    }

    @Override
    public void wake() {
        untilArrival.wake();
    }

    @Override
    public void close() {
        // The session closes what it sleeps with.
    }
}
