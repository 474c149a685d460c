package org.ipckit.transport.spi;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a thread sleep until another thread of this process wakes it. A wake before the sleep is not lost. */
public final class ThreadSleeper implements Sleeper {

    private final Semaphore wakes = new Semaphore(0);

    @Override
    public void sleep(long nanos) {
        try {
            if (wakes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException seenByTheWaiter) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    @Override
    public void close() {
        wake();
    }
}
