package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Message;

/** What both ends of a test do with a connection. */
final class Traffic {

    /** A connection is full when it has had no room for so long: a kernel may still be moving bytes on. */
    static final Duration FULL_FOR = Duration.ofMillis(20);

    private static final int MOST_AT_ONCE = 16;

    private Traffic() {}

    /** Sends all messages; {@code sent} is told after each how many that makes. */
    static void send(Connection connection, Payload payload, IntConsumer sent) {
        for (int number = 0; number < payload.count(); number++) {
            if (!connection.offer(ByteBuffer.wrap(payload.bytes(number)), patience())) {
                throw noRoom(number);
            }
            sent.accept(number + 1);
        }
    }

    static void send(Connection connection, Payload payload) {
        send(connection, payload, sent -> {});
    }

    /** Sends all messages, each written in place. */
    static void sendByClaim(Connection connection, Payload payload) {
        for (int number = 0; number < payload.count(); number++) {
            byte[] bytes = payload.bytes(number);
            try (Claim claim = connection.claim(bytes.length, patience())) {
                if (claim == null) {
                    throw noRoom(number);
                }
                claim.buffer().put(bytes);
                claim.commit(bytes.length);
            }
        }
    }

    private static AssertionError noRoom(int number) {
        return new AssertionError(
                "no room for message " + number + " within " + patience().toSeconds() + " s");
    }

    /** Offers messages without waiting until there is no room; returns how many were accepted. */
    static int fill(Connection connection, Payload payload) {
        int accepted = 0;
        while (accepted < payload.count()
                && connection.offer(ByteBuffer.wrap(payload.bytes(accepted)), Duration.ZERO)) {
            accepted++;
        }
        while (accepted < payload.count() && connection.offer(ByteBuffer.wrap(payload.bytes(accepted)), FULL_FOR)) {
            accepted++;
        }
        return accepted;
    }

    /**
     * Sends message after message, from this one on, until a call fails; {@code accepted} holds how many were accepted.
     * One call is not enough to meet a full connection: a kernel may find a little more room when nobody expects it.
     */
    static void push(Connection connection, Payload payload, AtomicInteger accepted) {
        while (accepted.get() < payload.count()) {
            connection.send(ByteBuffer.wrap(payload.bytes(accepted.get())));
            accepted.incrementAndGet();
        }
    }

    /** Receives all messages. */
    static void receive(Connection connection, Tally tally) {
        while (!tally.isComplete()) {
            tally.add(next(connection).asByteBuffer());
        }
    }

    static void receive(Connection connection, Payload payload, Tally.Order order) {
        receive(connection, new Tally(payload, order));
    }

    /** Receives all messages by polling. */
    static void poll(Connection connection, Tally tally) {
        Eventually.eventually(() -> "the message after " + tally.count(), () -> {
            while (!tally.isComplete() && connection.poll(tally::add, MOST_AT_ONCE) > 0) {
                Thread.onSpinWait();
            }
            return tally.isComplete();
        });
    }

    /** Waits for the next message and fails if it does not come. */
    static Message next(Connection connection) {
        Optional<Message> message = connection.receive(patience());
        return message.orElseThrow(() ->
                new AssertionError("no message has come within " + patience().toSeconds() + " s"));
    }

    /** Receives until the end, and returns who ended it. */
    static By drain(Connection connection, Tally tally) {
        try {
            while (true) {
                tally.add(next(connection).asByteBuffer());
            }
        } catch (ConnectionClosedException end) {
            return end.by();
        }
    }

    /** Sends each message back until the end; returns who ended it. */
    static By echo(Connection connection) {
        try {
            while (true) {
                connection.send(connection.receive());
            }
        } catch (ConnectionClosedException end) {
            return end.by();
        }
    }
}
