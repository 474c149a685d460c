package org.ipckit.cli;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;

/** Sends one message after the other. One thread uses it. */
interface Sending {

    /** Sends the message, waiting for room as long as it takes, and does what else belongs to it. */
    void send(ByteBuffer message);

    /** Sends, and throws away what the peer says: a peer that is not heard would at last stop hearing us. */
    final class Only implements Sending {

        private final Connection connection;

        Only(Connection connection) {
            this.connection = connection;
            Thread thread = new Thread(this::throwAway, "ipckit-throw-away");
            thread.setDaemon(true);
            thread.start();
        }

        private void throwAway() {
            try {
                while (true) {
                    connection.receive();
                }
            } catch (TransportException ended) {
                // Sending meets the same end, and reports it if there was something left to send.
                return;
            }
        }

        @Override
        public void send(ByteBuffer message) {
            connection.send(message);
        }
    }

    /** Sends, waits for one answer and prints it. */
    final class AndReceiving implements Sending {

        private final Connection connection;
        private final Duration timeout;
        private final LineOutput out;
        private long messages;

        AndReceiving(Connection connection, Duration timeout, LineOutput out) {
            this.connection = connection;
            this.timeout = timeout;
            this.out = out;
        }

        @Override
        public void send(ByteBuffer message) {
            messages++;
            connection.send(message);
            connection.flush();
            Message answer = connection
                    .receive(timeout)
                    .orElseThrow(
                            () -> new CommandFailedException(
                                    "no answer to message " + messages + " from " + connection.address() + " within "
                                            + Durations.words(timeout)
                                            + "; does the listener answer (ipckit listen --echo), or does it need a longer --timeout?"));
            out.print(MessageText.of(answer.asByteBuffer()));
            out.flush();
        }
    }
}
