package org.ipckit.conformance.broken;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.ForwardingConnection;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.spi.Deadline;

/**
 * Connections that are wrong about whether their peer lives. The far end says hello with its pid, and both say
 * goodbye, in messages that nobody sees.
 */
abstract class BrokenPresence extends ForwardingConnection {

    private static final String HELLO = "presence: hello from pid ";
    private static final ByteBuffer GOODBYE = UTF_8.encode("presence: goodbye").asReadOnlyBuffer();
    private static final boolean IN_FAR_END =
            System.getProperty("sun.java.command", "").startsWith("org.ipckit.testkit.FarEndMain ");
    private static final Duration SLICE = Duration.ofMillis(20);

    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean closed;
    private volatile long peer;
    private volatile boolean saidGoodbye;

    BrokenPresence(Connection whole) {
        super(whole);
        if (!IN_FAR_END) {
            // What the far end never reads would make its death a reset, and TCP forgets the last words then.
            return;
        }
        try {
            whole.offer(UTF_8.encode(HELLO + ProcessHandle.current().pid()), Duration.ZERO);
        } catch (ConnectionClosedException goneAlready) {
            return;
        }
    }

    /** Returns the pid the peer has told, 0 if it has not. */
    final long peerPid() {
        return peer;
    }

    final boolean hasSaidGoodbye() {
        return saidGoodbye;
    }

    final boolean hasClosed() {
        return closed;
    }

    /** Called again and again while nothing comes. */
    void nothingComes() {}

    /** Returns what receive makes of the end. */
    RuntimeException ended(ConnectionClosedException end, Deadline deadline) {
        return end;
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (deadline.expired()) {
            return lookOnce();
        }
        while (true) {
            Optional<Message> message = receiveWithin(deadline);
            if (message.isEmpty()) {
                if (deadline.expired()) {
                    return message;
                }
                nothingComes();
            } else if (!isPresence(message.get().asByteBuffer())) {
                return message;
            }
        }
    }

    private Optional<Message> receiveWithin(Deadline deadline) {
        try {
            return super.receive(deadline.orWithin(SLICE).remaining());
        } catch (ConnectionClosedException end) {
            RuntimeException told = ended(end, deadline);
            if (told != null) {
                throw told;
            }
            return Optional.empty();
        }
    }

    private Optional<Message> lookOnce() {
        Optional<Message> message;
        do {
            message = super.receive(Duration.ZERO);
        } while (message.isPresent() && isPresence(message.get().asByteBuffer()));
        return message;
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        int[] unseen = {0};
        int count = super.poll(
                message -> {
                    if (isPresence(message)) {
                        unseen[0]++;
                    } else {
                        handler.onMessage(message);
                    }
                },
                limit);
        return count - unseen[0];
    }

    private boolean isPresence(ByteBuffer message) {
        if (message.equals(GOODBYE)) {
            saidGoodbye = true;
            return true;
        }
        String text = message.remaining() > 50
                ? ""
                : UTF_8.decode(message.duplicate()).toString();
        if (text.startsWith(HELLO)) {
            peer = Long.parseLong(text.substring(HELLO.length()));
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sayGoodbye();
        }
        super.close();
    }

    @Override
    public boolean offer(ByteBuffer message, Duration timeout) {
        sending.lock();
        try {
            return super.offer(message, timeout);
        } finally {
            sending.unlock();
        }
    }

    private void sayGoodbye() {
        if (!sending.tryLock()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            delegate().offer(GOODBYE.duplicate(), Duration.ofMillis(500));
        } catch (ConnectionClosedException | IllegalStateException | InterruptedWaitException nobodyToTell) {
            interrupted |= Thread.interrupted();
        } finally {
            sending.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reports an end only if the peer has said goodbye; who was killed has not. */
    static final class WaitsForTheDead extends BrokenPresence {

        WaitsForTheDead(Connection whole) {
            super(whole);
        }

        @Override
        RuntimeException ended(ConnectionClosedException end, Deadline deadline) {
            if (end.by() == By.THIS_SIDE || hasSaidGoodbye() || peerPid() == 0) {
                return end;
            }
            while (!deadline.expired() && !hasClosed()) {
                LockSupport.parkNanos(1_000_000);
                if (Thread.currentThread().isInterrupted()) {
                    return new InterruptedWaitException("receive from " + address());
                }
            }
            return hasClosed() ? new ConnectionClosedException(By.THIS_SIDE, "receive from " + address()) : null;
        }
    }

    /** Takes a stopped process for a dead one. */
    static final class BuriesTheSleeping extends BrokenPresence {

        BuriesTheSleeping(Connection whole) {
            super(whole);
        }

        @Override
        void nothingComes() {
            if (peerPid() != 0 && isStopped(peerPid())) {
                throw new ConnectionClosedException(By.LOSS, "receive from " + address() + ": the peer is silent");
            }
        }

        private static boolean isStopped(long pid) {
            try {
                String state = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
                return state.substring(state.lastIndexOf(')')).startsWith(") T");
            } catch (NoSuchFileException dead) {
                return false;
            } catch (IOException refused) {
                throw new MechanismException("state of " + pid, refused);
            }
        }
    }
}
