package org.ipckit.chronicle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipckit.transport.spi.Daemons;
import org.ipckit.transport.spi.Sleeper;

/**
 * Wakes those who sleep until something happens in a folder. One daemon thread of the JVM does so for all of them; it ends
 * with the last. Any thread may call any method.
 */
final class Bells {

    private static final Object LOCK = new Object();
    private static Bells current;

    private final WatchService watch;
    private final Map<WatchKey, List<Sleeper>> sleepers = new HashMap<>();

    private Bells(WatchService watch) {
        this.watch = watch;
    }

    /**
     * Wakes the sleeper whenever a file in the folder is changed, until what is returned is closed.
     *
     * @throws IOException if the system does not tell: it has limits for how many are told
     */
    static Closeable wake(Sleeper sleeper, Path folder) throws IOException {
        synchronized (LOCK) {
            boolean isFirst = current == null;
            Bells bells = isFirst ? new Bells(folder.getFileSystem().newWatchService()) : current;
            boolean added = false;
            try {
                WatchKey key = folder.register(
                        bells.watch, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
                bells.sleepers.computeIfAbsent(key, first -> new ArrayList<>()).add(sleeper);
                added = true;
                if (isFirst) {
                    current = bells;
                    Daemons.thread("bells", bells::run).start();
                }
                return () -> bells.forget(sleeper, key);
            } finally {
                if (isFirst && !added) {
                    bells.watch.close();
                }
            }
        }
    }

    private void forget(Sleeper sleeper, WatchKey key) throws IOException {
        synchronized (LOCK) {
            List<Sleeper> those = sleepers.getOrDefault(key, List.of());
            if (!those.remove(sleeper) || !those.isEmpty()) {
                return;
            }
            sleepers.remove(key);
            key.cancel();
            if (sleepers.isEmpty()) {
                current = null;
                watch.close();
            }
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey rung = watch.take();
                rung.pollEvents();
                rung.reset();
                synchronized (LOCK) {
                    sleepers.getOrDefault(rung, List.of()).forEach(Sleeper::wake);
                }
            }
        } catch (ClosedWatchServiceException nobodySleepsAnyMore) {
            return;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
