package org.ipckit.signals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.signals.SignalTarget.Sent;
import org.ipckit.transport.spi.Nap;

/**
 * One end of a connection: the values that come to it, and what it may send to the other end.
 *
 * <p>Its number is given to another end only when both sides have said that they send nothing more, or the peer is gone:
 * a late value would be taken for one of the next connection. So each side says goodbye once, when it closes or when it
 * hears the other's.
 *
 * <p>One thread sends data, another receives; everything else is said by the receiver's thread.
 */
final class Exchange {

    /** How long an end that has closed waits for a peer that has never said anything: it may have given up connecting. */
    private static final long SILENCE_NANOS = 10_000_000_000L;

    /** More than a peer may send before it is known; what else comes then comes from strangers. */
    private static final int MOST_EARLY = 1 << 16;

    private final Receiver receiver;
    private final int end;
    private final InboundValues in;
    private final Nap untilRoom = new Nap(Long.MAX_VALUE);
    private final Nap untilArrival = new Nap(Long.MAX_VALUE);

    /** Held while data are sent, so that nothing follows a goodbye. */
    private final ReentrantLock sending = new ReentrantLock();

    private final Envelope envelope;
    private volatile Link link;
    private long sent;
    private volatile long allowed;
    private volatile boolean peerFinished;
    private volatile boolean closed;
    private volatile long closedAt;
    private volatile boolean drainWanted;
    private volatile boolean drained;

    // The receiver's thread only.
    private final List<Early> early = new ArrayList<>();
    private boolean heard;
    private boolean goodbyeSaid;
    private boolean peerDead;
    private boolean listed;
    private boolean arrived;

    /** The other end: the thread that takes its values, and its number there. */
    private record Link(SignalTarget target, int end) {}

    /** A value that came before the other end was known. */
    private record Early(long value, int pid) {}

    Exchange(Receiver receiver, int end, int maxMessageBytes) throws IOException {
        this.receiver = receiver;
        this.end = end;
        this.in = new InboundValues(maxMessageBytes, receiver.window());
        in.allow(receiver.window());
        this.envelope = new Envelope();
    }

    int end() {
        return end;
    }

    InboundValues in() {
        return in;
    }

    Nap untilRoom() {
        return untilRoom;
    }

    Nap untilArrival() {
        return untilArrival;
    }

    // ---------------------------------------------------------------- making and closing

    /** Names the other end, which may be sent as many values as it says. */
    void join(SignalTarget target, int peerEnd, int window) {
        allowed = window;
        link = new Link(target, peerEnd);
        receiver.request(this);
    }

    /** Ends this side. */
    void close() {
        closedAt = System.nanoTime();
        closed = true;
        receiver.request(this);
    }

    // ---------------------------------------------------------------- the one who sends

    /** Begins to send data; nobody says goodbye until {@link #pauseSending}. */
    void resumeSending() {
        sending.lock();
    }

    void pauseSending() {
        sending.unlock();
    }

    /** Returns true if one more value of data may be sent. */
    boolean maySend() {
        return sent < allowed;
    }

    /** Returns true if the peer takes nothing more. */
    boolean peerFinished() {
        return peerFinished;
    }

    /** Sends a value of data. */
    Sent send(long data) throws IOException {
        Link to = link;
        Sent result = to.target().send(envelope, ValueFormat.data(to.end(), data));
        if (result == Sent.YES) {
            sent++;
        }
        return result;
    }

    // ---------------------------------------------------------------- the one who receives

    /** Returns true if everything is here that came before this was first asked; asks for it otherwise. */
    boolean isDrained() {
        if (!drainWanted) {
            drainWanted = true;
            receiver.request(this);
        }
        return drained;
    }

    /** Goes on to the next message. */
    void consume(int sizeBytes) {
        if (in.consume(sizeBytes)) {
            receiver.request(this);
        }
    }

    // ---------------------------------------------------------------- the receiver's thread

    /** Returns true the first time, until {@link #unlist}. */
    boolean list() {
        boolean first = !listed;
        listed = true;
        return first;
    }

    void unlist() {
        listed = false;
    }

    /** Takes a value that this process says it has sent; returns false if that is a stranger. */
    boolean take(long value, int pid) {
        Link from = link;
        if (from == null) {
            boolean kept = early.size() < MOST_EARLY;
            if (kept) {
                early.add(new Early(value, pid));
            }
            return kept;
        }
        takeEarly(from);
        return takeFrom(from, value, pid);
    }

    /** The peer may have begun to send when it had answered and its answer was not read yet. */
    private void takeEarly(Link from) {
        for (Early each : early) {
            takeFrom(from, each.value(), each.pid());
        }
        early.clear();
    }

    private boolean takeFrom(Link from, long value, int pid) {
        boolean known = from.target().place().process().pid() == pid;
        if (known) {
            heard = true;
            take(value);
        }
        return known;
    }

    private void take(long value) {
        if (!ValueFormat.isControl(value)) {
            arrived |= in.add(ValueFormat.dataOf(value));
        } else if (ValueFormat.kind(value) == ValueFormat.CREDIT) {
            allowed = Math.max(allowed, ValueFormat.count(value));
            untilRoom.wake();
        } else if (ValueFormat.kind(value) == ValueFormat.GOODBYE) {
            peerFinished = true;
            untilRoom.wake();
        }
    }

    /** Wakes the one who receives, if there is something new for it. */
    void deliver() {
        if (arrived) {
            arrived = false;
            untilArrival.wake();
        }
    }

    /** What is left to do for an end. */
    enum Rest {
        NOTHING,
        /** To try again soon. */
        SOON,
        /** To look whether the peer still lives. */
        WATCH,
        /** The number of the end is free. */
        OVER
    }

    /**
     * Says what is to be said.
     *
     * @param empty whether the queue was seen empty after the last request
     * @param mine the envelope of the receiver's thread
     */
    Rest settle(boolean empty, Envelope mine) throws IOException {
        if (link != null) {
            takeEarly(link);
            deliver();
        }
        if (drainWanted && !drained && empty) {
            drained = true;
            untilArrival.wake();
        }
        boolean done = link == null || say(mine);
        boolean over = peerDead || (goodbyeSaid && peerFinished) || link == null;
        if (closed && (over || (!heard && System.nanoTime() - closedAt > SILENCE_NANOS))) {
            return Rest.OVER;
        }
        if (!done || (drainWanted && !drained)) {
            return Rest.SOON;
        }
        return closed ? Rest.WATCH : Rest.NOTHING;
    }

    /** Returns false if it has to be tried again. */
    private boolean say(Envelope mine) throws IOException {
        if (goodbyeSaid || peerDead) {
            return true;
        }
        if (closed || peerFinished) {
            return sayGoodbye(mine);
        }
        long count = in.newlyAllowed();
        if (count < 0) {
            return true;
        }
        boolean said = sayControl(mine, ValueFormat.CREDIT, count);
        if (said) {
            in.allow(count);
        }
        return said || peerDead;
    }

    private boolean sayGoodbye(Envelope mine) throws IOException {
        if (!sending.tryLock()) {
            return false;
        }
        try {
            goodbyeSaid = sayControl(mine, ValueFormat.GOODBYE, sent);
            return goodbyeSaid || peerDead;
        } finally {
            sending.unlock();
        }
    }

    private boolean sayControl(Envelope mine, int kind, long count) throws IOException {
        Sent result = link.target().send(mine, ValueFormat.control(link.end(), kind, count));
        peerDead |= result == Sent.GONE;
        return result == Sent.YES;
    }

    /** Looks whether the peer, of whom something is awaited, still lives. */
    void watch(Envelope mine) throws IOException {
        peerDead |= link != null && !link.target().isAlive(mine);
    }

    /** Says nothing more: the system does not let us. */
    void giveUp() {
        peerDead = true;
    }

    /** Gives everything back; nobody uses this end any more. */
    void free() {
        if (link != null) {
            link.target().close();
        }
    }
}
