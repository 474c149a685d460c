package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end of a row as the command sees it. Used by one thread; answers arrive from another. */
final class RemoteEnd {

    private static final long LOOK_MILLIS = 100;

    private final End end;
    private final JvmProcess process;
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private String asked = "";

    RemoteEnd(End end, JvmProcess process) {
        this.end = end;
        this.process = process;
        process.deliver(end, replies::add);
    }

    /** Sends a command without waiting for its answer. */
    void tell(String command) throws RowFailedException {
        asked = command;
        process.write(end.name() + " " + command);
    }

    /** Waits for the answer to the last command. */
    Reply await(Duration longest) throws RowFailedException, InterruptedException {
        return await(longest, this);
    }

    /**
     * Waits for the answer to the last command.
     *
     * @param other the end whose failure would leave this one waiting
     */
    Reply await(Duration longest, RemoteEnd other) throws RowFailedException, InterruptedException {
        long start = System.nanoTime();
        do {
            Optional<Reply> reply = poll(Duration.ofMillis(LOOK_MILLIS));
            if (reply.isPresent()) {
                return reply.get();
            }
            if (other != this && !other.failure().isEmpty()) {
                throw new RowFailedException("the " + other.end + " end: " + other.failure());
            }
        } while (System.nanoTime() - start < longest.toNanos());
        throw new RowFailedException("the " + end + " end did not answer '" + asked.split(" ", 2)[0] + "' within "
                + longest.toSeconds() + " s and was killed");
    }

    /** Waits for the answer to the last command; empty if it has not come in that time. */
    Optional<Reply> poll(Duration longest) throws RowFailedException, InterruptedException {
        Reply reply = replies.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (reply != null && reply.failure() != null) {
            throw new RowFailedException("the " + end + " end: " + reply.failure());
        }
        return Optional.ofNullable(reply);
    }

    /** Returns what the end has failed with, if it has, without waiting. */
    String failure() {
        Reply reply = replies.peek();
        return reply == null || reply.failure() == null ? "" : reply.failure();
    }
}
