package org.ipckit.conformance.broken;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ForwardingConnection;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Waits;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.VirtualThreads;

/** Connections that do something wrong when they receive or wait. */
final class BrokenReceiving {

    private BrokenReceiving() {}

    /** Uses the memory of a message it has given away again, after some others. */
    static final class ReusesMessages extends ForwardingConnection {

        /** More than come to other threads while one looks at its own, in the tests that share a connection. */
        private static final int BUFFERS = 160;

        private final Deque<Message> given = new ArrayDeque<>();

        ReusesMessages(Connection whole) {
            super(whole);
        }

        @Override
        public Optional<Message> receive(Duration timeout) {
            Optional<Message> message = super.receive(timeout);
            if (message.isPresent()) {
                given.add(message.get());
                if (given.size() > BUFFERS) {
                    overwrite(given.remove());
                }
            }
            return message;
        }

        private static void overwrite(Message message) {
            try {
                Field bytes = Message.class.getDeclaredField("bytes");
                bytes.setAccessible(true);
                Arrays.fill((byte[]) bytes.get(message), (byte) 'x');
            } catch (ReflectiveOperationException changed) {
                throw new LinkageError("a Message has its bytes elsewhere", changed);
            }
        }
    }

    /** Mistakes half the time for the whole. */
    static final class ReturnsTooSoon extends ForwardingConnection {

        ReturnsTooSoon(Connection whole) {
            super(whole);
        }

        @Override
        public Optional<Message> receive(Duration timeout) {
            return super.receive(timeout.toSeconds() == 0 ? timeout.dividedBy(2) : timeout);
        }
    }

    /** Takes an interrupt for its own. */
    static final class ForgetsTheFlag extends ForwardingConnection {

        ForgetsTheFlag(Connection whole) {
            super(whole);
        }

        @Override
        public Optional<Message> receive(Duration timeout) {
            return forgetting(() -> super.receive(timeout));
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            return forgetting(() -> super.offer(message, timeout));
        }

        @Override
        public Claim claim(int sizeBytes, Duration timeout) {
            return forgetting(() -> super.claim(sizeBytes, timeout));
        }

        private static <T> T forgetting(Supplier<T> call) {
            try {
                return call.get();
            } catch (InterruptedWaitException interrupted) {
                Thread.interrupted();
                throw interrupted;
            }
        }
    }

    /** Sees nothing where it should see that it has closed. */
    static final class PollsWhenClosed extends ForwardingConnection {

        private volatile boolean closed;

        PollsWhenClosed(Connection whole) {
            super(whole);
        }

        @Override
        public int poll(MessageHandler handler, int limit) {
            return closed ? 0 : super.poll(handler, limit);
        }

        @Override
        public void close() {
            closed = true;
            super.close();
        }
    }

    /** Looks without pause on a thread that others need. */
    static final class HoldsItsCarrier extends ForwardingConnection {

        HoldsItsCarrier(Connection whole) {
            super(whole);
        }

        @Override
        public Optional<Message> receive(Duration timeout) {
            if (!VirtualThreads.isCurrent()) {
                return super.receive(timeout);
            }
            Deadline deadline = Deadline.after(timeout);
            Optional<Message> message = super.receive(Duration.ZERO);
            while (message.isEmpty() && !deadline.expired()) {
                Thread.onSpinWait();
                message = super.receive(Duration.ZERO);
            }
            return message;
        }
    }

    /** Hands over all there is. */
    static final class IgnoresTheLimit extends ForwardingConnection {

        IgnoresTheLimit(Connection whole) {
            super(whole);
        }

        @Override
        public int poll(MessageHandler handler, int limit) {
            return super.poll(handler, limit < 1 ? limit : Integer.MAX_VALUE);
        }
    }

    /** Holds one lock for both directions while it waits for as long as it takes. */
    static final class SendsOnlyBetweenReceives extends ForwardingConnection {

        private final ReentrantLock busy = new ReentrantLock();

        SendsOnlyBetweenReceives(Connection whole) {
            super(whole);
        }

        @Override
        public Optional<Message> receive(Duration timeout) {
            if (!timeout.equals(Waits.FOREVER)) {
                return super.receive(timeout);
            }
            busy.lock();
            try {
                return super.receive(timeout);
            } finally {
                busy.unlock();
            }
        }

        @Override
        public boolean offer(ByteBuffer message, Duration timeout) {
            try {
                if (!busy.tryLock() && !busy.tryLock(Deadline.nanos(timeout), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedWaitException("offer to " + address(), interrupted);
            }
            try {
                return super.offer(message, timeout);
            } finally {
                busy.unlock();
            }
        }
    }
}
