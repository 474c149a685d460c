package org.ipckit.transport.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.Address;

/**
 * The entrance to one direction of a connection: lets one thread in at a time, and lets who closes wait until it has
 * left.
 *
 * <p>The thread that comes again and again has a {@link Pass}. Another that comes takes the pass from it and gets one of
 * its own; where threads take turns all the time that costs too much, and everybody enters by compare-and-set.
 */
final class Gate {

    private static final VarHandle INSIDE;
    private static final long LOOK_AGAIN_NANOS = 20_000;

    /** A connection is handed from one thread to another a few times, or all the time. */
    private static final int MOST_PASSES = 8;

    static {
        try {
            INSIDE = MethodHandles.lookup().findVarHandle(Gate.class, "inside", Thread.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Address address;
    private final ConnectionEnd end;
    private final Runnable left;
    private final ReentrantLock handing = new ReentrantLock();
    private int passes;

    /** The only one, or the last one there was. It is replaced when it was taken and its holder is outside. */
    private volatile Pass pass = Pass.NONE;

    /** Nobody has a pass any more, nor gets one. */
    private volatile boolean withoutPass;

    /** Who is inside without a pass. */
    private volatile Thread inside;

    /** @param left run when a thread has left and the connection is closed */
    Gate(Address address, ConnectionEnd end, Runnable left) {
        this.address = address;
        this.end = end;
        this.left = left;
    }

    /**
     * Lets the current thread in.
     *
     * @throws org.ipckit.transport.ConnectionClosedException if this side has closed
     */
    void enter(String operation) {
        enterEvenIfClosed(operation);
        // Looked at when inside, not before: then either it sees that it is closed, or who closes sees it inside.
        if (end.isClosed()) {
            leave();
            end.requireOpen(operation);
        }
    }

    /** Lets the current thread in to clean up. */
    void enterEvenIfClosed(String operation) {
        Thread current = Thread.currentThread();
        Pass last = pass;
        if (last.holder() != current || last.isInside() || !last.enter()) {
            enterAnew(current, operation);
        }
    }

    private void enterAnew(Thread current, String operation) {
        if (!withoutPass) {
            handing.lock();
            try {
                Pass last = pass;
                last.take();
                if (last.isInside()) {
                    throw occupied(last.holder(), operation);
                }
                passes += last.holder() == current ? 0 : 1;
                if (passes <= MOST_PASSES && !end.isClosed()) {
                    Pass own = new Pass(current);
                    own.enter();
                    pass = own;
                    return;
                }
                withoutPass = true;
            } finally {
                handing.unlock();
            }
        }
        Thread other = (Thread) INSIDE.compareAndExchange(this, null, current);
        if (other != null) {
            throw occupied(other, operation);
        }
    }

    private IllegalStateException occupied(Thread by, String operation) {
        return new IllegalStateException(operation + " " + address + ": "
                + (by == Thread.currentThread()
                        ? "not possible inside a handler"
                        : "another thread is doing so; Connections.shared lets several threads through"));
    }

    /** Lets the current thread out. */
    void leave() {
        // It does not become so while the holder of a pass is inside.
        if (withoutPass) {
            letAnotherIn();
        } else {
            pass.leave();
        }
        if (end.isClosed()) {
            leftWhenClosed();
        }
    }

    private void letAnotherIn() {
        INSIDE.setRelease(this, null);
    }

    private void leftWhenClosed() {
        // Without it this thread could miss that the last words are said while who said them still sees it inside.
        VarHandle.fullFence();
        left.run();
    }

    /** Lets the current thread out if it is inside, after an error that can have come anywhere. */
    void leaveIfInside() {
        if (whoIsInside() == Thread.currentThread()) {
            leave();
        }
    }

    /** Waits until nobody is inside; at once if it is the current thread itself, from a handler. */
    boolean awaitEmpty(Deadline deadline, Runnable wake) {
        while (!isEmpty()) {
            if (whoIsInside() == Thread.currentThread() || deadline.expired()) {
                return false;
            }
            wake.run();
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    private Thread whoIsInside() {
        Pass last = pass;
        return last.isInside() ? last.holder() : inside;
    }

    boolean isEmpty() {
        handing.lock();
        try {
            pass.take();
            return inside == null && !pass.isInside();
        } finally {
            handing.unlock();
        }
    }
}
