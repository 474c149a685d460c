package org.ipckit.cli;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.Waits;

/** Prints the messages of one client, and answers them if asked to. One thread serves it; an interrupt ends that. */
final class Client {

    private static final int BATCH = 256;

    private final int number;
    private final Connection connection;
    private final Main main;
    private final LineOutput out;
    private final Tally tally;
    private boolean echo;
    private boolean enough;
    private long messages;

    Client(int number, Connection connection, Main main, Tally tally, boolean echo) {
        this.number = number;
        this.connection = connection;
        this.main = main;
        this.out = main.terminal().out();
        this.tally = tally;
        this.echo = echo;
    }

    /** Serves the client until it goes; returns true if there have been enough messages. */
    boolean serve() {
        main.report("client " + number + " has come"
                + connection.peer().map(peer -> " (" + peer + ")").orElse(""));
        try (connection) {
            printAll();
        } catch (InterruptedWaitException | ConnectionClosedException ended) {
            complainOfLoss(ended);
        } catch (TransportException wrong) {
            main.terminal().complain("client " + number + ": " + wrong.getMessage() + "; the listener goes on");
        } finally {
            out.flush();
        }
        main.report("client " + number + " has gone after " + messages + (messages == 1 ? " message" : " messages"));
        return enough;
    }

    private void printAll() {
        while (!enough) {
            Message first = connection.receive();
            take(first.asByteBuffer());
            // What is there already is printed before the system is asked to write, and to wait for more.
            try {
                while (!enough && connection.poll(this::take, BATCH) == BATCH) {
                    out.flush();
                }
            } finally {
                out.flush();
            }
            answer(connection::flush);
        }
    }

    private void take(ByteBuffer message) {
        if (!tally.begin()) {
            enough = true;
            return;
        }
        out.print(MessageText.of(message));
        messages++;
        answer(() -> {
            if (!connection.offer(message, Duration.ZERO)) {
                out.flush();
                connection.offer(message, Waits.FOREVER);
            }
        });
        if (tally.finish()) {
            enough = true;
        }
    }

    /** A client may send, close and be gone before it is answered; what it has sent is printed all the same. */
    private void answer(Runnable sending) {
        if (echo) {
            try {
                sending.run();
            } catch (ConnectionClosedException gone) {
                if (gone.by() == By.THIS_SIDE) {
                    throw gone;
                }
                echo = false;
            }
        }
    }

    private void complainOfLoss(TransportException ended) {
        if (ended instanceof ConnectionClosedException closed && closed.by() == By.LOSS) {
            main.terminal().complain("client " + number + ": " + ended.getMessage() + "; the listener goes on");
        }
    }
}
