package org.ipckit.transport.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.Address;

/**
 * The entrance to one direction of a connection: lets one thread in at a time, and lets who closes wait until it has
 * left. What it costs is one fence for each call.
 */
final class Gate {

    private static final VarHandle INSIDE;
    private static final long LOOK_AGAIN_NANOS = 20_000;

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
        Thread other = (Thread) INSIDE.compareAndExchange(this, null, Thread.currentThread());
        if (other != null) {
            throw new IllegalStateException(operation + " " + address + ": "
                    + (other == Thread.currentThread()
                            ? "not possible inside a handler"
                            : "another thread is doing so; Connections.shared lets several threads through"));
        }
    }

    /** Lets the current thread out. */
    void leave() {
        INSIDE.setRelease(this, null);
        if (end.isClosed()) {
            // Without it this thread could miss that the last words are said while who said them still sees it inside.
            VarHandle.fullFence();
            left.run();
        }
    }

    /** Waits until nobody is inside; at once if it is the current thread itself, from a handler. */
    boolean awaitEmpty(Deadline deadline, Runnable wake) {
        while (inside != null) {
            if (inside == Thread.currentThread() || deadline.expired()) {
                return false;
            }
            wake.run();
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    boolean isEmpty() {
        return inside == null;
    }
}
