package org.ipckit.benchmarks;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.transport.Connection;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Waits;

/** An end over our own API, used as a program would use it: {@code offer}, {@code receive} and {@code poll}. */
final class TransportExchange implements Exchange {

    /** After so much silence in the middle of a measurement something is broken. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int DRAINED_AT_ONCE = 256;
    private static final int SPINS_PER_LOOK = 1 << 16;

    private final Connection connection;
    private final boolean spins;
    private final boolean collects;

    TransportExchange(Connection connection) {
        this.connection = connection;
        this.spins = connection.address().option("wait").filter("spin"::equals).isPresent();
        this.collects = connection.address().option("buffer").isPresent();
    }

    @Override
    public void send(ByteBuffer message) {
        if (!connection.offer(message, Waits.FOREVER)) {
            throw new IllegalStateException(connection.address() + ": offer gave up a wait without end");
        }
    }

    @Override
    public void sendNow(ByteBuffer message) {
        send(message);
        if (collects) {
            connection.flush();
        }
    }

    @Override
    public void receive(MessageHandler handler) {
        if (spins) {
            spin(handler, 1);
        } else {
            await(handler, 1);
        }
    }

    @Override
    public void drain(MessageHandler handler) {
        if (spins) {
            spin(handler, DRAINED_AT_ONCE);
        } else {
            await(handler, DRAINED_AT_ONCE);
        }
    }

    private void await(MessageHandler handler, int limit) {
        if (connection.poll(handler, limit, SILENCE) == 0) {
            throw silence();
        }
    }

    private void spin(MessageHandler handler, int limit) {
        long start = System.nanoTime();
        do {
            for (int i = 0; i < SPINS_PER_LOOK; i++) {
                if (connection.poll(handler, limit) > 0) {
                    return;
                }
            }
        } while (System.nanoTime() - start < SILENCE.toNanos());
        throw silence();
    }

    private IllegalStateException silence() {
        return new IllegalStateException(connection.address() + ": no message came for " + SILENCE.toSeconds() + " s");
    }

    @Override
    public void close() {
        connection.close();
    }
}
