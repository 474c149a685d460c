package org.ipckit.transport.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

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

    private volatile Thread inside;

    /**
     * Lets the current thread in. The caller looks whether the connection is closed after this, not before: then either
     * it sees that, or who closes sees it inside.
     */
    void enter(String operation, Object address) {
        Thread other = (Thread) INSIDE.compareAndExchange(this, null, Thread.currentThread());
        if (other != null) {
            throw new IllegalStateException(operation + " " + address + ": "
                    + (other == Thread.currentThread()
                            ? "not possible inside a handler"
                            : "another thread is doing so; Connections.shared lets several threads through"));
        }
    }

    /** Lets the current thread out; it needs a fence before it looks at what who closes has written. */
    void leave() {
        INSIDE.setRelease(this, null);
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
