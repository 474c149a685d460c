package org.ipckit.demos.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells who says what to whom: the first time in full, then how often, now and then. */
final class Talk {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Consumer<String> lines;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long toldAt = System.nanoTime();

    Talk(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Tells that something was said on one of the ways, such as {@code sensors.py -> station}. */
    void said(String way, Object what) {
        lock.lock();
        try {
            if (counts.merge(way, 1, Integer::sum) == 1) {
                lines.accept(way + ": " + what);
            }
            if (System.nanoTime() - toldAt > PAUSE.toNanos()) {
                toldAt = System.nanoTime();
                lines.accept(counts.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue() + " times")
                        .collect(Collectors.joining(", ")));
            }
        } finally {
            lock.unlock();
        }
    }
}
