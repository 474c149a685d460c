package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MessageTooLargeException;

/** Keeps the rules of {@link Connection} for what is sent: checks, waits for room, and lends claims. */
final class SendingHalf implements AutoCloseable {

    private final Address address;
    private final ConnectionEnd end;
    private final int maxMessageBytes;
    private final Gate gate;
    private final Outbox outbox;
    private final Waiter room;
    private final LentClaim claim = new LentClaim();
    private ByteBuffer offered;
    private int claiming;
    private final Waiter.Look begun = this::begun;
    private final Waiter.Look gone = this::gone;
    private final Waiter.Look claimed = this::claimed;

    /** @param left run when a thread has left this half of a connection that is closed */
    SendingHalf(Address address, ConnectionEnd end, int maxMessageBytes, Outbox outbox, Waiter room, Runnable left) {
        this.address = address;
        this.end = end;
        this.maxMessageBytes = maxMessageBytes;
        this.outbox = outbox;
        this.room = room;
        this.gate = new Gate(address, end, left);
    }

    /** As {@link Connection#offer}. */
    boolean offer(ByteBuffer message, Duration timeout) {
        long nanos = Deadline.nanos(timeout);
        requireAllowed(message.remaining());
        enterToSend("offer to", nanos);
        try {
            boolean accepted = begun(message);
            if (nanos == 0 || (accepted && !outbox.unfinished())) {
                return accepted;
            }
            return accepted ? moved(Deadline.after(timeout)) : begunInTime(message, Deadline.after(timeout));
        } finally {
            outbox.keep();
            gate.leave();
        }
    }

    private boolean begunInTime(ByteBuffer message, Deadline deadline) {
        offered = message;
        try {
            return room.await(begun, deadline) && moved(deadline);
        } finally {
            offered = null;
        }
    }

    private boolean moved(Deadline deadline) {
        if (outbox.unfinished()) {
            moveRest(deadline);
        }
        return true;
    }

    /** As {@link Connection#claim}. */
    Claim claim(int sizeBytes, Duration timeout) {
        long nanos = Deadline.nanos(timeout);
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("claim on " + address + ": size " + sizeBytes + " is negative");
        }
        requireAllowed(sizeBytes);
        enterToSend("claim on", nanos);
        try {
            claiming = sizeBytes;
            Deadline deadline = Deadline.after(timeout);
            if (!claimed() && (nanos == 0 || !room.await(claimed, deadline))) {
                return null;
            }
            claim.deadline = deadline;
            return claim;
        } finally {
            gate.leave();
        }
    }

    /** As {@link Connection#flush}. */
    void flush() {
        enterToSend("flush to", Long.MAX_VALUE);
        try {
            room.await(gone, Deadline.NEVER);
        } finally {
            gate.leave();
        }
    }

    private void requireAllowed(int sizeBytes) {
        if (sizeBytes > maxMessageBytes) {
            throw new MessageTooLargeException("offer to " + address + ": message of " + sizeBytes
                    + " bytes, this connection carries at most " + maxMessageBytes + " (max-message=)");
        }
    }

    private void enterToSend(String operation, long timeoutNanos) {
        gate.enter(operation);
        try {
            if (claim.buffer != null) {
                throw new IllegalStateException(
                        operation + " " + address + ": a claim is open; commit or close it first");
            }
            if (timeoutNanos > 0) {
                room.checkInterrupt();
            }
        } catch (RuntimeException | Error refused) {
            gate.leave();
            throw refused;
        }
    }

    /** The message is accepted already: neither an interrupt nor a close of this side makes it unsaid. */
    private void moveRest(Deadline deadline) {
        try {
            room.await(gone, deadline);
        } catch (InterruptedWaitException keptForLater) {
            return;
        } catch (ConnectionClosedException ended) {
            if (ended.by() != By.THIS_SIDE) {
                throw ended;
            }
        }
    }

    private boolean begun() {
        end.requireOpen("offer to");
        return begun(offered);
    }

    private boolean begun(ByteBuffer message) {
        try {
            return outbox.begin(message);
        } catch (IOException refused) {
            throw end.peerGone("offer to", refused);
        }
    }

    private boolean claimed() {
        end.requireOpen("claim on");
        try {
            claim.buffer = outbox.claim(claiming);
            return claim.buffer != null;
        } catch (IOException refused) {
            throw end.peerGone("claim on", refused);
        }
    }

    private void commitClaimed(int sizeBytes) {
        try {
            outbox.commit(sizeBytes);
        } catch (IOException refused) {
            throw end.peerGone("commit on", refused);
        }
    }

    private boolean gone() {
        end.requireOpen("send to");
        try {
            return outbox.drain();
        } catch (IOException refused) {
            throw end.peerGone("send to", refused);
        }
    }

    /** Reused for each claim of this connection. */
    private final class LentClaim implements Claim {

        private ByteBuffer buffer;
        private Deadline deadline;

        @Override
        public ByteBuffer buffer() {
            if (buffer == null) {
                throw new IllegalStateException("claim on " + address + ": it is no longer open");
            }
            return buffer;
        }

        @Override
        public void commit(int sizeBytes) {
            int claimedBytes = claiming;
            buffer();
            if (sizeBytes < 0 || sizeBytes > claimedBytes) {
                throw new IllegalArgumentException(
                        "commit on " + address + ": " + sizeBytes + " bytes, claimed were " + claimedBytes);
            }
            try {
                commitInside(sizeBytes);
            } catch (InternalError late) {
                throw leftBy(late);
            }
        }

        private void commitInside(int sizeBytes) {
            gate.enter("commit on");
            try {
                buffer = null;
                commitClaimed(sizeBytes);
                if (outbox.unfinished()) {
                    moveRest(deadline);
                }
            } finally {
                gate.leave();
            }
        }

        @Override
        public void close() {
            if (buffer == null) {
                return;
            }
            try {
                abortInside();
            } catch (InternalError late) {
                throw leftBy(late);
            }
        }

        private void abortInside() {
            gate.enterEvenIfClosed("close of a claim on");
            try {
                buffer = null;
                // Who closes the connection has the outbox for itself; the claim ends with it.
                if (!end.isClosed()) {
                    outbox.abort();
                }
            } finally {
                gate.leave();
            }
        }
    }

    /** Says what was accepted and the goodbye; the connection is closed, and nobody new comes in. */
    void sayLastWords(Deadline deadline) {
        if (!gate.awaitEmpty(deadline, room::wake)) {
            return;
        }
        try {
            room.await(this::finished, deadline);
        } catch (InterruptedWaitException interruptedNow) {
            return;
        }
    }

    private boolean finished() {
        try {
            return outbox.finish();
        } catch (IOException nobodyToTell) {
            return true;
        }
    }

    /**
     * Lets the current thread out after an error of memory that was cut short, of which the JVM may tell anywhere: also
     * where the thread is about to leave.
     */
    InternalError leftBy(InternalError late) {
        gate.leaveIfInside();
        return late;
    }

    boolean isEmpty() {
        return gate.isEmpty();
    }

    /** Gives back what waiting needed. */
    @Override
    public void close() {
        room.close();
    }
}
