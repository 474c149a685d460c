package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.files.SharedConversation.Change;
import org.ipckit.files.SharedConversation.Step;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a connection as one side uses it: what it says goes in, what has come is taken out.
 *
 * <p>That a message was read is written with whatever this side writes next, at the latest when it looks for more or
 * the sender may be waiting for room. Any thread may call any method.
 */
final class ConnectionFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFile.class);

    /** Longer than anybody holds the lock who is not stopped; a step does not wait, but this it has to grant. */
    private static final Duration LONGEST_STEP = Duration.ofMillis(20);

    /** For what nobody would do later. */
    private static final Duration LONGEST_LAST_STEP = Duration.ofSeconds(1);

    private final ConnectionPlace place;
    private final Side side;
    private final LockFile users;
    private final Arrivals arrivals;
    private final SharedConversation conversation;
    private final ReentrantLock mutex = new ReentrantLock();

    private ConnectionFile(ConnectionPlace place, Side side, LockFile users, ReplacedFile file, Conversation begun) {
        this.place = place;
        this.side = side;
        this.users = users;
        this.arrivals = new Arrivals(side.in(begun));
        this.conversation = new SharedConversation(place, side, file, begun, arrivals);
    }

    /** Writes the file of a new connection; its folder is there. */
    static ConnectionFile create(ConnectionPlace place, Conversation conversation, boolean durable) throws IOException {
        return open(
                place,
                Side.LISTENER,
                file -> {
                    file.replace(place.format().write(conversation));
                    return conversation;
                },
                durable);
    }

    /** Uses the file that the listener has made. */
    static ConnectionFile join(ConnectionPlace place, boolean durable) throws IOException {
        return open(place, Side.CLIENT, file -> place.format().read(file.read()), durable);
    }

    @FunctionalInterface
    private interface Beginning {
        Conversation with(ReplacedFile file) throws IOException;
    }

    private static ConnectionFile open(ConnectionPlace place, Side side, Beginning beginning, boolean durable)
            throws IOException {
        LockFile users = LockFile.open(place.users());
        ReplacedFile file = new ReplacedFile(place.file(), place.next(side), durable);
        boolean open = false;
        try {
            if (!users.tryFlock(LockFile.Mode.SHARED) || !users.isAtItsPath()) {
                throw new IOException("the listener has taken the connection back");
            }
            ConnectionFile connection = new ConnectionFile(place, side, users, file, beginning.with(file));
            open = true;
            return connection;
        } finally {
            if (!open) {
                users.close();
                file.close();
            }
        }
    }

    ConnectionPlace place() {
        return place;
    }

    // ---------------------------------------------------------------- sending

    /** Returns false if a message of this size would find no room now. */
    boolean mayHaveRoom(int sizeBytes) {
        return guarded(() -> side.out(conversation.known()).hasRoom(sizeBytes) || conversation.hasChanged());
    }

    /** Puts the message into the file, if there is room. */
    Step add(Message message) {
        return step(LONGEST_STEP, now -> {
            if (!side.out(now).hasRoom(message.size())) {
                return false;
            }
            side.out(now).add(message);
            mark(now);
            return true;
        });
    }

    /** Says goodbye after what was sent. */
    Step sayGoodbye() {
        return step(LONGEST_STEP, now -> {
            side.out(now).setClosed(true);
            mark(now);
            return true;
        });
    }

    // ---------------------------------------------------------------- receiving

    /** Returns false if what is known of the file is all there is. Never waits. */
    boolean mayHaveNews() {
        try {
            return conversation.hasChanged();
        } catch (IOException refused) {
            // Whoever looks will be told.
            return true;
        }
    }

    /** Looks for what has come; the file is locked only if something has been read since the last look. */
    Step look() {
        return step(LONGEST_STEP, this::mark);
    }

    /** Returns the first message that was not consumed yet; null if none has come. */
    Message first() {
        return guarded(arrivals::first);
    }

    /** Goes on to the message after the first. The sender is told at once if it may be waiting for that. */
    void consumeFirst() {
        boolean mayHoldUp = guarded(() -> {
            arrivals.consumeFirst();
            return arrivals.mayHoldUp(side.in(conversation.known()));
        });
        if (mayHoldUp && step(LONGEST_LAST_STEP, this::mark) == Step.BUSY) {
            LOG.debug("{} is locked by somebody; that messages were read is written later", place.file());
        }
    }

    private boolean mark(Conversation now) {
        return arrivals.markIn(side.in(now));
    }

    /** Returns whether the peer has said goodbye. */
    boolean isClosedByPeer() {
        return guarded(() -> side.in(conversation.known()).isClosed());
    }

    /** Returns what is wrong with the file; empty if nothing is. */
    Optional<String> damage() {
        return guarded(conversation::damage);
    }

    // ---------------------------------------------------------------- the end

    /** Leaves the file to the other side. The last to leave removes it, unless there is something that nobody has read. */
    @Override
    public void close() {
        guarded(() -> {
            try (conversation;
                    users) {
                if (!conversation.leave(LONGEST_LAST_STEP, this::mark, users)) {
                    LOG.warn("{} is left as it is: somebody holds the lock {}", place.file(), place.lock());
                }
            }
            return null;
        });
    }

    private Step step(Duration patience, Change change) {
        return guarded(() -> conversation.step(patience, change));
    }

    /** Does something with the conversation as it is known. */
    @FunctionalInterface
    private interface Action<T> {
        T run() throws IOException;
    }

    /** One thread at a time, which an interrupt does not keep from the few steps to the end. */
    private <T> T guarded(Action<T> action) {
        boolean interrupted = Thread.interrupted();
        mutex.lock();
        try {
            return action.run();
        } catch (IOException refused) {
            throw new MechanismException(place.file() + ": " + refused.getMessage(), refused);
        } finally {
            mutex.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return "ConnectionFile[" + place.file() + "]";
    }
}
