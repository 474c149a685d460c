package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the files of a topic that need not be kept. The last one always is. Whoever reads one at that moment goes on:
 * what is mapped stays. One thread at a time uses it.
 */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final String CONSUMER = "index.";

    private final SingleChronicleQueue queue;
    private final Keep keep;
    private int cycle = Integer.MIN_VALUE;

    Upkeep(SingleChronicleQueue queue, Keep keep) {
        this.queue = queue;
        this.keep = keep;
    }

    /** Removes what has become superfluous, if the queue has gone on to another file since. */
    void look(int currentCycle) throws IOException {
        if (currentCycle != cycle && !keep.equals(Keep.ALL)) {
            remove();
        }
        cycle = currentCycle;
    }

    private void remove() throws IOException {
        queue.refreshDirectoryListing();
        List<Path> files = files();
        List<Long> cycles = files.isEmpty()
                ? List.of()
                : List.copyOf(queue.listCyclesBetween(queue.firstCycle(), queue.lastCycle()));
        if (cycles.size() != files.size()) {
            LOG.debug("somebody else removes or adds files of {} now", queue.file());
            return;
        }
        long keptFrom = keptFrom();
        boolean removed = false;
        for (int at = 0; at + 1 < files.size() && cycles.get(at) < keptFrom; at++) {
            removed |= Files.deleteIfExists(files.get(at));
        }
        if (removed) {
            queue.refreshDirectoryListing();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(queue.file().toPath())) {
            return files.filter(file -> file.toString().endsWith(SingleChronicleQueue.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the first cycle of which something is to be kept. */
    private long keptFrom() {
        if (keep.unread()) {
            return firstUnread();
        }
        long oldestMillis =
                queue.time().currentTimeMillis() - keep.atMost().orElseThrow().toMillis();
        return Math.floorDiv(oldestMillis - queue.epoch(), queue.rollCycle().lengthInMillis());
    }

    /** Returns the first cycle that some consumer has not done with; of a topic without consumers everything is kept. */
    private long firstUnread() {
        List<String> names = new ArrayList<>();
        queue.metaStore().forEachKey(names, (all, key, value) -> {
            if (key.toString().startsWith(CONSUMER)) {
                all.add(key.toString().substring(CONSUMER.length()));
            }
        });
        long first = Long.MAX_VALUE;
        for (String name : names) {
            LongValue next = queue.indexForId(name);
            first = Math.min(first, queue.rollCycle().toCycle(next.getVolatileValue()));
            Queues.release(next);
        }
        return names.isEmpty() ? Long.MIN_VALUE : first;
    }
}
