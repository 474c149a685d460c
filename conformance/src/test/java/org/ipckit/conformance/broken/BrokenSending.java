package org.ipckit.conformance.broken;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntConsumer;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ForwardingConnection;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageTooLargeException;

/** Connections that do something wrong when they send. */
final class BrokenSending {

    private BrokenSending() {}

    /** Needs a byte to have something to send. */
    static final class PadsEmptyMessages extends ForwardingConnection {

        PadsEmptyMessages(Connection whole) {
            super(whole);
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            return super.offer(message.hasRemaining() ? message : ByteBuffer.allocate(1), timeout);
        }

        @Override
        public Claim claim(int sizeBytes, Duration timeout) {
            Claim claim = super.claim(sizeBytes == 0 ? 1 : sizeBytes, timeout);
            return claim == null || sizeBytes != 0 ? claim : new BrokenClaim(claim, size -> claim.commit(1));
        }
    }

    /** Is one off. */
    static final class RefusesTheLargest extends ForwardingConnection {

        RefusesTheLargest(Connection whole) {
            super(whole);
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            if (message.remaining() >= capabilities().maxMessageSize()) {
                throw new MessageTooLargeException("message of " + message.remaining() + " bytes");
            }
            return super.offer(message, timeout);
        }
    }

    /** Lets a message go ahead of the one before it, once. */
    static final class Overtakes extends ForwardingConnection {

        /** More than there is room for: who is killed while it waits for room has not kept one back. */
        private static final int OVERTAKEN = 1900;

        private int count;
        private Message held;

        Overtakes(Connection whole) {
            super(whole);
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            if (count == OVERTAKEN && held == null) {
                held = Message.copyOf(message);
                count++;
                return true;
            }
            boolean accepted = super.offer(message, timeout);
            if (accepted) {
                count++;
                sendHeld();
            }
            return accepted;
        }

        @Override
        public void flush() {
            sendHeld();
            super.flush();
        }

        private void sendHeld() {
            if (held != null) {
                delegate().send(held);
                held = null;
            }
        }
    }

    /** Collects a batch if the address says so, and lets go of it when it closes. */
    static final class ForgetsItsBatch extends ForwardingConnection {

        private static final int BATCH = 100;
        private final Queue<Message> batch = new ArrayDeque<>();

        ForgetsItsBatch(Connection whole) {
            super(whole);
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            if (address().option("buffer").isEmpty()) {
                return super.offer(message, timeout);
            }
            batch.add(Message.copyOf(message));
            if (batch.size() >= BATCH) {
                sendBatch();
            }
            return true;
        }

        @Override
        public void flush() {
            sendBatch();
            super.flush();
        }

        private void sendBatch() {
            while (!batch.isEmpty()) {
                delegate().send(batch.remove());
            }
        }
    }

    /** Has not thought of a length that is just over a power of two. */
    static final class SpoilsAnEdge extends ForwardingConnection {

        private static final int EDGE = (64 << 10) + 1;

        SpoilsAnEdge(Connection whole) {
            super(whole);
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            if (message.remaining() != EDGE) {
                return super.offer(message, timeout);
            }
            byte[] bytes = Message.copyOf(message).toByteArray();
            bytes[EDGE - 1]++;
            return super.offer(ByteBuffer.wrap(bytes), timeout);
        }
    }

    /** Reads the caller's buffer as its own. */
    static final class ConsumesTheBuffer extends ForwardingConnection {

        ConsumesTheBuffer(Connection whole) {
            super(whole);
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            boolean accepted = super.offer(message, timeout);
            if (accepted) {
                message.position(message.limit());
            }
            return accepted;
        }
    }

    /** Sends all that was claimed, however much was written. */
    static final class CommitsWhatWasClaimed extends ForwardingConnection {

        CommitsWhatWasClaimed(Connection whole) {
            super(whole);
        }

        @Override
        public Claim claim(int sizeBytes, Duration timeout) {
            Claim claim = super.claim(sizeBytes, timeout);
            return claim == null
                    ? null
                    : new BrokenClaim(claim, size -> claim.commit(size >= 0 && size < sizeBytes ? sizeBytes : size));
        }
    }

    /** Commits in another way. */
    private record BrokenClaim(Claim whole, IntConsumer committing) implements Claim {

        @Override
        public ByteBuffer buffer() {
            return whole.buffer();
        }

        @Override
        public void commit(int sizeBytes) {
            committing.accept(sizeBytes);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
