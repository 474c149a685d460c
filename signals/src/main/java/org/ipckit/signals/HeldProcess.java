package org.ipckit.signals;

import java.io.Closeable;
import java.io.IOException;

/**
 * A process that is held while it is looked at and signalled. Where the system has descriptors of processes (Linux 5.3)
 * its pid cannot come to mean another one meanwhile; elsewhere the two are as close together as they can be.
 */
final class HeldProcess implements Closeable {

    private static final int NONE = -1;

    private final long pid;
    private final int descriptor;

    private HeldProcess(long pid, int descriptor) {
        this.pid = pid;
        this.descriptor = descriptor;
    }

    /** Holds the process; one that is gone is found out by looking. */
    static HeldProcess open(long pid) {
        long descriptor = LibC.calls().syscall(SystemCalls.PIDFD_OPEN, pid, 0, 0, 0);
        return new HeldProcess(pid, (int) Math.max(descriptor, NONE));
    }

    /** As {@link #open}, as systems do it that have no descriptors of processes. */
    static HeldProcess openByNumber(long pid) {
        return new HeldProcess(pid, NONE);
    }

    long pid() {
        return pid;
    }

    /** Sends a signal; false if the process has ended. */
    boolean send(int signal) throws IOException {
        long result = descriptor == NONE
                ? LibC.calls().kill((int) pid, signal)
                : LibC.calls().syscall(SystemCalls.PIDFD_SEND_SIGNAL, descriptor, signal, 0, 0);
        if (result == 0) {
            return true;
        }
        if (LibC.LIBRARY.errno() == LibC.ESRCH) {
            return false;
        }
        throw LibC.LIBRARY.failure("kill", "process " + pid);
    }

    @Override
    public void close() {
        if (descriptor != NONE) {
            LibC.calls().close(descriptor);
        }
    }
}
