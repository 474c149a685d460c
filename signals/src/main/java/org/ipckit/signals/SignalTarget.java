package org.ipckit.signals;

import java.io.Closeable;
import java.io.IOException;
import org.ipckit.transport.AccessDeniedException;

/**
 * The thread of a process that takes queued signals from us. Where the system has descriptors of threads (Linux 6.9) it is
 * one, so that a signal can never reach another thread that was given the same number later.
 *
 * <p>Threads may send at the same time, each with its own {@link Envelope}, and none once it is closed.
 */
final class SignalTarget implements Closeable {

    private static final long PIDFD_THREAD = 0x80;
    private static final int NONE = -1;
    private static final int PROBE = 0;

    private final ReceiverPlace place;
    private final long sendToThread;
    private final int descriptor;

    /** What became of a value. */
    enum Sent {
        YES,
        /** As many signals are queued as the user that the peer runs as may have; later there may be room. */
        FULL,
        /** The thread is gone. */
        GONE
    }

    private SignalTarget(ReceiverPlace place, int descriptor) {
        this.place = place;
        this.sendToThread = SystemCalls.rtTgsigqueueinfo();
        this.descriptor = descriptor;
    }

    /**
     * Finds the thread, and makes sure that it takes these signals: others would be killed by one.
     *
     * @throws AccessDeniedException if it is not there, does not take them, or we may not send any
     */
    static SignalTarget open(ReceiverPlace place) throws IOException {
        int descriptor = (int) LibC.calls().syscall(SystemCalls.PIDFD_OPEN, place.thread(), PIDFD_THREAD, 0, 0);
        return open(place, Math.max(descriptor, NONE));
    }

    /** As {@link #open(ReceiverPlace)}, as systems do it that have no descriptors of threads. */
    static SignalTarget openByNumber(ReceiverPlace place) throws IOException {
        return open(place, NONE);
    }

    private static SignalTarget open(ReceiverPlace place, int descriptor) throws IOException {
        SignalTarget target = new SignalTarget(place, descriptor);
        boolean usable = false;
        try {
            target.requireReceiver();
            usable = true;
            return target;
        } finally {
            if (!usable) {
                target.close();
            }
        }
    }

    /** Looked at when the descriptor is open already: then it is of the thread that is looked at, or of a dead one. */
    private void requireReceiver() throws IOException {
        if (!place.process().isAlive()) {
            throw new AccessDeniedException("there is no process "
                    + place.process().pid() + " that began when it says it did; is it in another pid namespace?");
        }
        if (!isSafe()) {
            throw new AccessDeniedException("signal " + place.signal() + " would end process "
                    + place.process().pid() + ": it neither ignores it nor does thread " + place.thread() + " take it");
        }
        Envelope probe = new Envelope();
        if (send(probe, PROBE, 0) != Sent.YES) {
            throw new AccessDeniedException("thread " + place.thread() + " of process "
                    + place.process().pid() + " has ended");
        }
    }

    /** While a thread waits for a signal the system does not show that it blocks it: ignored by the process will do. */
    private boolean isSafe() throws IOException {
        String thread = "/proc/" + place.process().pid() + "/task/" + place.thread();
        return SignalSets.anyHas(thread, place.signal(), SignalSets.BLOCKED, SignalSets.IGNORED);
    }

    /** Returns who it is. */
    ReceiverPlace place() {
        return place;
    }

    /** Queues a value. */
    Sent send(Envelope envelope, long value) throws IOException {
        return send(envelope, place.signal(), value);
    }

    private Sent send(Envelope envelope, int signal, long value) throws IOException {
        long info = envelope.address(signal, value);
        long result = descriptor == NONE
                ? LibC.calls().syscall(sendToThread, place.process().pid(), place.thread(), signal, info)
                : LibC.calls().syscall(SystemCalls.PIDFD_SEND_SIGNAL, descriptor, signal, info, 0);
        return result == 0 ? Sent.YES : refused();
    }

    private Sent refused() throws IOException {
        int error = LibC.LIBRARY.errno();
        if (error == LibC.EAGAIN) {
            return Sent.FULL;
        }
        if (error == LibC.ESRCH) {
            return Sent.GONE;
        }
        if (error == LibC.EPERM) {
            throw new AccessDeniedException("this user may not send signals to process "
                    + place.process().pid());
        }
        throw LibC.LIBRARY.failure("send a signal", "thread " + place.thread());
    }

    /** Returns true while the thread is there. */
    boolean isAlive(Envelope envelope) throws IOException {
        return send(envelope, PROBE, 0) == Sent.YES;
    }

    @Override
    public void close() {
        if (descriptor != NONE) {
            LibC.calls().close(descriptor);
        }
    }
}
