package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Selects without holding the carrier of a virtual thread. */
final class Selectors {

    private Selectors() {}

    /** As {@link Selector#select(long)}. */
    static void select(Selector selector, long timeoutMillis) throws IOException {
        // The JDK's own selectors let go of the carrier; one in native code of its own would keep it for the whole
        // sleep.
        if (!VirtualThreads.isCurrent() || selector.provider() == SelectorProvider.provider()) {
            selector.select(timeoutMillis);
            return;
        }
        Future<Integer> sleep = Helpers.EXECUTOR.submit(() -> selector.select(timeoutMillis));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    sleep.get();
                    return;
                } catch (InterruptedException wakes) {
                    // Not before the helper has left the selector, which its owner may close next.
                    interrupted = true;
                    selector.wakeup();
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException refused) {
                throw refused;
            }
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Platform threads that sleep in the place of virtual ones; they end when they have had nothing to do. */
    private static final class Helpers {
        static final ExecutorService EXECUTOR = Executors.newCachedThreadPool(task -> Daemons.thread("sleeper", task));
    }
}
