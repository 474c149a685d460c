package org.ipckit.sharedmemory;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.spi.Deadline;

/**
 * A lock between processes, and between their threads, that lies in the memory it guards. Who waits sleeps on a futex.
 *
 * <p>A holder that dies does not keep it: the next one gets it and is told, for what the lock guards may be half done.
 * That is sure only among processes that see each other's pids; with one of another pid namespace about, a dead holder's
 * lock stays locked.
 */
public final class MemoryLock {

    /** How many bytes of the memory it needs, zero at first, at a multiple of 8. */
    public static final int BYTES = 16;

    /** The holder's pid, 0 if there is none; the sign bit says that somebody may be waiting. */
    private static final int HOLDER = 0;

    /** The pid namespace of all who have used the lock, or that there are several. */
    private static final int NAMESPACE = 8;

    private static final int WAITED_FOR = Integer.MIN_VALUE;
    private static final long SEVERAL = -1;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SLICE_WITHOUT_FUTEX_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int PID = (int) ProcessHandle.current().pid();

    private final ByteBuffer memory;
    private final long namespace;
    private volatile boolean abandoned;

    /** Uses the bytes from position 0 on. */
    MemoryLock(ByteBuffer memory) throws IOException {
        this.memory = memory;
        this.namespace = (Long) Files.getAttribute(Path.of("/proc/self/ns/pid"), "unix:ino");
        long first = (long) LONGS.getVolatile(memory, NAMESPACE);
        if (first == 0) {
            first = (long) LONGS.compareAndExchange(memory, NAMESPACE, 0L, namespace);
        }
        if (first != 0 && first != namespace) {
            LONGS.setVolatile(memory, NAMESPACE, SEVERAL);
        }
    }

    /**
     * Takes the lock; it is not reentrant.
     *
     * @param timeout the longest to wait; {@link Duration#ZERO} tries once
     * @return false if it was not free in that time
     * @throws InterruptedException if the thread is interrupted while it waits, within 50 ms of that
     */
    public boolean lock(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        int taken = PID;
        while (true) {
            int holder = holder();
            if (holder == 0) {
                if (replace(0, taken)) {
                    abandoned = false;
                    return true;
                }
                continue;
            }
            long left = deadline.remainingNanos();
            if (left == 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int waitedFor = holder | WAITED_FOR;
            if (holder == waitedFor || replace(holder, waitedFor)) {
                sleep(waitedFor, left);
                // Others may still sleep when this one gets it.
                taken = PID | WAITED_FOR;
                if (hasDied(waitedFor & ~WAITED_FOR) && replace(waitedFor, taken)) {
                    abandoned = true;
                    return true;
                }
            }
        }
    }

    /**
     * Gives the lock back.
     *
     * @throws IllegalStateException if this process does not hold it
     */
    public void unlock() {
        int holder = holder();
        if ((holder & ~WAITED_FOR) != PID) {
            throw new IllegalStateException("unlock by process " + PID + ", the holder is " + (holder & ~WAITED_FOR));
        }
        if ((int) INTS.getAndSet(memory, HOLDER, 0) < 0 && LinuxCalls.hasFutex()) {
            LinuxCalls.wake(memory, HOLDER);
        }
    }

    /** Returns true if who held the lock before has died with it. Asked while it is held. */
    public boolean wasAbandoned() {
        return abandoned;
    }

    private int holder() {
        return (int) INTS.getVolatile(memory, HOLDER);
    }

    private boolean replace(int expected, int holder) {
        return INTS.compareAndSet(memory, HOLDER, expected, holder);
    }

    private void sleep(int value, long nanos) {
        if (LinuxCalls.hasFutex()) {
            ByteBuffer timespec = ByteBuffer.allocateDirect(2 * Long.BYTES);
            LinuxCalls.awaitChange(memory, HOLDER, value, timespec, Math.min(nanos, SLICE_NANOS));
        } else {
            LockSupport.parkNanos(Math.min(nanos, SLICE_WITHOUT_FUTEX_NANOS));
        }
    }

    /** A pid that is another's by now looks alive: then one waits in vain, but no lock is taken from a living holder. */
    private boolean hasDied(int pid) {
        return ProcessHandle.of(pid).isEmpty() && (long) LONGS.getVolatile(memory, NAMESPACE) == namespace;
    }
}
