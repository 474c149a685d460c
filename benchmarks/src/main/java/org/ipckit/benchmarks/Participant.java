package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A row while it runs: what takes part in every round. One thread starts and measures; any thread closes, any number of
 * times.
 */
interface Participant extends AutoCloseable {

    /** Returns the row it runs for. */
    Row row();

    /** Gets ready to measure and returns what can be measured. */
    Set<Measurement> start() throws RowFailedException, InterruptedException;

    /** Measures once, for about so long. Between two measurements nothing of the row uses a processor. */
    Figure measure(Measurement measurement, Duration duration) throws RowFailedException, InterruptedException;

    /** Returns what a reader of its figures should know. */
    List<String> remarks();

    /** Returns the options its JVMs have besides those of every row. */
    List<String> flags();

    /** Lets its processes end in good order, without waiting for them: the first half of closing. */
    default void dismiss() {}

    /** Ends every process of the row and removes every file. */
    @Override
    void close();
}
