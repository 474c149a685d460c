package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation in the file of a connection, as one side knows it. A step reads the file if somebody has replaced it,
 * and replaces it, under its lock, if there is something to change.
 *
 * <p>The lock is held as short as can be. Who writes does so before, into a file of its own that only takes its place
 * under the lock; that is done again if somebody else was faster. Who reads needs no lock, for what has the file's name is
 * whole; only if it is not, because somebody edits it in place, it is read again under the lock.
 *
 * <p>One thread at a time uses it, except that any may ask {@link #hasChanged}.
 */
final class SharedConversation implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedConversation.class);

    /** What came of a step. */
    enum Step {
        DONE,
        /** There was nothing to do, or no room. */
        NOTHING,
        /** Somebody else has the lock. */
        BUSY
    }

    /** Changes a conversation; returns whether there was something to change. */
    @FunctionalInterface
    interface Change {
        boolean apply(Conversation conversation);
    }

    private final ConnectionPlace place;
    private final Side side;
    private final ReplacedFile file;
    private final Arrivals arrivals;
    private final RepeatedLock locks;
    private Conversation known;
    private long lastSent;
    private String damage;

    /**
     * Begins with what the file holds.
     *
     * @param arrivals takes what is said to this side
     */
    SharedConversation(ConnectionPlace place, Side side, ReplacedFile file, Conversation begun, Arrivals arrivals) {
        this.place = place;
        this.side = side;
        this.file = file;
        this.arrivals = arrivals;
        this.locks = FileLocks.at(place.lock()).repeated();
        take(begun);
    }

    /** Returns what is known of it; not what a step has failed to write. */
    Conversation known() {
        return known;
    }

    /** Returns false if what is known is all there is. */
    boolean hasChanged() throws IOException {
        return file.hasChanged();
    }

    /** Returns what is wrong with the file; empty if nothing is. */
    Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    /**
     * Does one step.
     *
     * @param patience the longest to wait for the lock
     */
    Step step(Duration patience, Change change) throws IOException {
        if (damage != null) {
            return Step.NOTHING;
        }
        boolean read = !file.hasChanged() || read();
        Optional<Step> done = read ? write(patience, change) : Optional.empty();
        return done.isEmpty() ? underLock(patience, change) : done.get();
    }

    /** Reads the file; false if it cannot be understood: somebody is writing in it, or it is damaged. */
    private boolean read() throws IOException {
        try {
            take(file.read());
            return true;
        } catch (NoSuchFileException removed) {
            LOG.debug("{} is gone", place.file());
        } catch (DamagedFileException damaged) {
            LOG.debug("{} is not whole: {}", place.file(), damaged.getMessage());
            file.forget();
        }
        return false;
    }

    /** Writes what is changed; empty if it has to be done again, because somebody else was faster. */
    private Optional<Step> write(Duration patience, Change change) throws IOException {
        if (!change.apply(known)) {
            return Optional.of(Step.NOTHING);
        }
        Step step = Step.BUSY;
        boolean written = false;
        try {
            file.prepare(place.format().write(known));
            Optional<HeldLock> lock = locks.acquire(patience);
            if (lock.isPresent()) {
                written = putInPlace(lock.get());
                step = Step.DONE;
            }
        } finally {
            wrote(written);
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
    private Step underLock(Duration patience, Change change) throws IOException {
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
            if (!change.apply(known)) {
                return Step.NOTHING;
            }
            replace();
            return Step.DONE;
        }
    }

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

    private void replace() throws IOException {
        boolean written = false;
        try {
            file.replace(place.format().write(known));
            written = true;
        } finally {
            wrote(written);
        }
    }

    private void wrote(boolean written) throws IOException {
        if (written) {
            lastSent = side.out(known).sent();
        } else {
            // What was not written was not sent: what is true is in the file.
            file.forget();
        }
    }

    private void take(byte[] content) throws IOException {
        Conversation now = place.format().read(content);
        requireNothingMissing("sent", side.out(now).sent(), lastSent);
        requireNothingMissing("received", side.in(now).sent(), arrivals.last());
        take(now);
    }

    private static void requireNothingMissing(String what, long now, long before) throws DamagedFileException {
        if (now < before) {
            throw new DamagedFileException(
                    "the last message that was " + what + " had the number " + before + ", now it has " + now, null);
        }
    }

    private void take(Conversation now) {
        known = now;
        lastSent = side.out(now).sent();
        arrivals.take(side.in(now));
    }

    /**
     * Ends this side's part under the lock: the last removes the file, unless there is something that nobody has read.
     *
     * @param users is locked by each side as long as it lives
     * @return false if somebody else had the lock all that time, and the file is left as it is
     */
    boolean leave(Duration patience, Change lastChange, LockFile users) throws IOException {
        Optional<HeldLock> lock = locks.acquire(patience);
        if (lock.isEmpty()) {
            return false;
        }
        try (HeldLock held = lock.get()) {
            refresh();
            boolean news = damage == null && lastChange.apply(known);
            boolean last = users.tryFlock(LockFile.Mode.EXCLUSIVE);
            if (last && (damage != null || known.isRead())) {
                place.delete();
            } else if (news && held.isHeld()) {
                replace();
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        try (file;
                locks) {
            return;
        }
    }

    @Override
    public String toString() {
        return "SharedConversation[" + place.file() + "]";
    }
}
