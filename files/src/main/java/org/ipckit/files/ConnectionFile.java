package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a connection as one side uses it. Each step reads it if somebody has replaced it, and replaces it, under
 * its lock, if there is something to say.
 *
 * <p>The lock is held as short as can be. Who writes does so before, into a file of its own that only takes its place
 * under the lock; that is done again if somebody else was faster. Who reads needs no lock, for what has the file's name is
 * whole; only if it is not, because somebody edits it in place, it is read again under the lock.
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

    /** What came of a step. */
    enum Step {
        DONE,
        /** There was nothing to do, or no room. */
        NOTHING,
        /** Somebody else has the lock. */
        BUSY
    }

    private final ConnectionPlace place;
    private final Side side;
    private final LockFile users;
    private final ReplacedFile file;
    private final RepeatedLock locks;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Deque<Message> arrived = new ArrayDeque<>();
    private Conversation conversation;
    private long lastSent;
    private long lastArrived;
    private long lastConsumed;
    private long unmarkedBytes;
    private String damage;

    private ConnectionFile(
            ConnectionPlace place, Side side, LockFile users, ReplacedFile file, Conversation conversation) {
        this.place = place;
        this.side = side;
        this.users = users;
        this.file = file;
        this.locks = FileLocks.at(place.lock()).repeated();
        this.lastSent = side.out(conversation).sent();
        this.lastArrived = side.in(conversation).read();
        this.lastConsumed = lastArrived;
        take(conversation);
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

    // ---------------------------------------------------------------- steps

    /** Returns false if what is known of the file is all there is. Never waits; any thread may ask. */
    boolean mayHaveNews() {
        try {
            return file.hasChanged();
        } catch (IOException refused) {
            // Whoever looks will be told.
            return true;
        }
    }

    /** Returns false if a message of this size would find no room now. */
    boolean mayHaveRoom(int sizeBytes) {
        return guarded(() -> side.out(conversation).hasRoom(sizeBytes) || file.hasChanged());
    }

    /** Puts the message into the file, if there is room. */
    Step add(Message message) {
        return step(LONGEST_STEP, () -> {
            if (!side.out(conversation).hasRoom(message.size())) {
                return false;
            }
            side.out(conversation).add(message);
            mark();
            return true;
        });
    }

    /** Looks for what has come; the file is locked only if it has changed, or something has been read since. */
    Step look() {
        return step(LONGEST_STEP, this::mark);
    }

    /** Says goodbye after what was sent. */
    Step sayGoodbye() {
        return step(LONGEST_STEP, () -> {
            side.out(conversation).setClosed(true);
            mark();
            return true;
        });
    }

    /** Does something with the conversation as it is known. */
    @FunctionalInterface
    private interface Action<T> {
        T run() throws IOException;
    }

    /** Changes the conversation as it is known; returns whether there was something to change. */
    @FunctionalInterface
    private interface Change {
        boolean apply();
    }

    private Step step(Duration patience, Change change) {
        return guarded(() -> {
            if (damage != null) {
                return Step.NOTHING;
            }
            Optional<Step> done = file.hasChanged() ? read(patience, change) : Optional.empty();
            if (done.isEmpty()) {
                done = write(patience, change);
            }
            return done.isEmpty() ? readAndWrite(patience, change) : done.get();
        });
    }

    /**
     * Reads the file, which needs no lock: what has its name is whole. Empty if the change can be made on what was read.
     */
    private Optional<Step> read(Duration patience, Change change) throws IOException {
        boolean understood = false;
        try {
            understood = understand(file.read());
        } catch (NoSuchFileException removed) {
            LOG.debug("{} is gone", place.file());
        }
        // Otherwise somebody is writing in it, or it is damaged: that is found out under the lock.
        return understood ? Optional.empty() : Optional.of(readAndWrite(patience, change));
    }

    private boolean understand(byte[] content) throws IOException {
        try {
            take(content);
            return true;
        } catch (DamagedFileException damaged) {
            file.forget();
            return false;
        }
    }

    /** Writes what is changed; empty if it has to be done again, because somebody else was faster. */
    private Optional<Step> write(Duration patience, Change change) throws IOException {
        if (!change.apply()) {
            return Optional.of(Step.NOTHING);
        }
        Step step = Step.BUSY;
        boolean written = false;
        try {
            file.prepare(place.format().write(conversation));
            Optional<HeldLock> lock = locks.acquire(patience);
            if (lock.isPresent()) {
                written = putInPlace(lock.get());
                step = Step.DONE;
            }
        } finally {
            if (written) {
                lastSent = side.out(conversation).sent();
            } else {
                // What was not written was not sent: what is true is in the file.
                file.forget();
            }
        }
        file.tidy();
        return written || step == Step.BUSY ? Optional.of(step) : Optional.empty();
    }

    /** Puts what was written in place and gives the lock back; false if somebody else was faster. */
    private boolean putInPlace(HeldLock lock) throws IOException {
        try {
            boolean first = !file.hasChanged();
            if (first) {
                // Not asked again whether it is held: that it is the lock that others find was seen when it was taken.
                file.putInPlace();
            }
            return first;
        } finally {
            lock.close();
        }
    }

    /** Does it all under the lock. */
    private Step readAndWrite(Duration patience, Change change) throws IOException {
        Optional<HeldLock> lock = locks.acquire(patience);
        if (lock.isEmpty()) {
            return Step.BUSY;
        }
        try (HeldLock held = lock.get()) {
            refresh();
            if (damage != null) {
                return Step.NOTHING;
            }
            held.requireHeld();
            if (!change.apply()) {
                return Step.NOTHING;
            }
            write();
            return Step.DONE;
        }
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

    // ---------------------------------------------------------------- the file

    private void refresh() throws IOException {
        if (damage != null || !file.hasChanged()) {
            return;
        }
        try {
            take(file.read());
        } catch (DamagedFileException damaged) {
            damage = place.file() + " is damaged: " + damaged.getMessage() + "; it is kept as " + file.keepAside();
        } catch (NoSuchFileException removed) {
            damage = place.file() + " is gone: somebody has removed it, or found it damaged and kept it aside";
        }
    }

    private void take(byte[] content) throws IOException {
        Conversation now = place.format().read(content);
        requireNothingMissing("sent", side.out(now).sent(), lastSent);
        requireNothingMissing("received", side.in(now).sent(), lastArrived);
        take(now);
    }

    private static void requireNothingMissing(String what, long now, long before) throws DamagedFileException {
        if (now < before) {
            throw new DamagedFileException(
                    "the last message that was " + what + " had the number " + before + ", now it has " + now, null);
        }
    }

    private void take(Conversation now) {
        conversation = now;
        lastSent = side.out(now).sent();
        long number = side.in(now).read();
        for (Message message : side.in(now).unread()) {
            if (++number > lastArrived) {
                arrived.add(message);
                lastArrived = number;
            }
        }
    }

    private void write() throws IOException {
        boolean written = false;
        try {
            file.replace(place.format().write(conversation));
            lastSent = side.out(conversation).sent();
            written = true;
        } finally {
            if (!written) {
                // What was not written was not sent: what is true is in the file.
                file.forget();
            }
        }
    }

    // ---------------------------------------------------------------- what has come

    /** Returns the first message that was not consumed yet; null if none has come. */
    Message first() {
        return guarded(arrived::peek);
    }

    /** Goes on to the message after the first. The sender is told at once if it may be waiting for that. */
    void consumeFirst() {
        boolean mayBeFull = guarded(() -> {
            lastConsumed++;
            unmarkedBytes += arrived.remove().size();
            return lastConsumed - side.in(conversation).read() >= Lane.MOST_MESSAGES / 2
                    || unmarkedBytes > Lane.MOST_BYTES / 2;
        });
        if (mayBeFull && step(LONGEST_LAST_STEP, this::mark) == Step.BUSY) {
            LOG.debug("{} is locked by somebody; that messages were read is written later", place.file());
        }
    }

    /** Returns true if messages were read that were not known to be. */
    private boolean mark() {
        unmarkedBytes = 0;
        return side.in(conversation).markRead(lastConsumed);
    }

    /** Returns whether the peer has said goodbye. */
    boolean isClosedByPeer() {
        return guarded(() -> side.in(conversation).isClosed());
    }

    /** Returns what is wrong with the file; empty if nothing is. */
    Optional<String> damage() {
        return guarded(() -> Optional.ofNullable(damage));
    }

    // ---------------------------------------------------------------- the end

    /** Leaves the file to the other side. The last to leave removes it, unless there is something that nobody has read. */
    @Override
    public void close() {
        guarded(() -> {
            try (file;
                    locks;
                    users) {
                leave();
            }
            return null;
        });
    }

    private void leave() throws IOException {
        Optional<HeldLock> lock = locks.acquire(LONGEST_LAST_STEP);
        if (lock.isEmpty()) {
            LOG.warn("{} is left as it is: somebody holds the lock {}", place.file(), place.lock());
            return;
        }
        try (HeldLock held = lock.get()) {
            refresh();
            boolean news = damage == null && mark();
            boolean last = users.tryFlock(LockFile.Mode.EXCLUSIVE);
            if (last && (damage != null || conversation.isRead())) {
                place.delete();
            } else if (news && held.isHeld()) {
                write();
            }
        }
    }

    @Override
    public String toString() {
        return "ConnectionFile[" + place.file() + "]";
    }
}
