package org.ipckit.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way for two ends to exchange messages that takes part in the comparison: one of our transports, the JDK's own
 * channels, or another library. Those that are not ours are found by {@link java.util.ServiceLoader}; each JVM of a row
 * makes its own instance.
 */
public interface Contender {

    /** The mechanisms of the program in C that are memory and nothing else while both ends are busy. */
    Set<String> IN_MEMORY = Set.of("record", "spin-futex");

    /** Where a contender comes from. */
    enum Group {
        /** A transport of the registry. */
        TRANSPORT,
        /** A channel of the JDK without our API. */
        RAW,
        /** Another library. */
        PEER,
        /** One publisher and several subscribers of a transport that has topics. */
        TOPIC,
        /** The harness itself, with nothing between its ends. */
        SELF,
        /** The program in C; not a contender but what contenders are compared with. */
        LIMIT
    }

    /** Returns the name of its row, such as {@code uds?provider=jnr} or {@code raw-uds}. */
    String name();

    /** Returns where it comes from. */
    Group group();

    /** Returns why it cannot run here; empty if it can. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** Returns the mechanism of the program in C whose figures are its limit. */
    default Optional<String> limit() {
        return Optional.empty();
    }

    /** Returns the name of the raw contender that does the same without our API. */
    default Optional<String> raw() {
        return Optional.empty();
    }

    /** Returns true if both ends have to live in one JVM. */
    default boolean oneProcess() {
        return false;
    }

    /** Returns true if it can collect many messages into one system call when asked to. */
    default boolean batches() {
        return false;
    }

    /**
     * Returns why its ends meet no second time; empty if {@link Entrance#accept} may be asked for one connection after the
     * other, also beside one that is open.
     */
    default Optional<String> meetsOnce() {
        return Optional.of("its two ends meet once");
    }

    /** Returns what can be measured of it. */
    default Set<Measurement> measurements() {
        Set<Measurement> able =
                EnumSet.of(Measurement.ROUND_TRIP, Measurement.ONE_WAY, Measurement.OPEN_LOOP, Measurement.IDLE);
        if (batches()) {
            able.add(Measurement.ONE_WAY_BATCHED);
        }
        if (meetsOnce().isEmpty()) {
            able.add(Measurement.SET_UP);
        }
        return able;
    }

    /** Returns the size of the largest message it carries. */
    default long largestMessageBytes() {
        return Long.MAX_VALUE;
    }

    /** Returns true if it passes messages through memory alone, where it counts what the compiler made of the code. */
    default boolean inMemory() {
        return limit().filter(IN_MEMORY::contains).isPresent();
    }

    /**
     * Returns the program of its ends, with its first arguments, if they are no JVMs; it then takes the arguments of {@link
     * EndProcess} and obeys the same commands.
     */
    default Optional<List<String>> program() {
        return Optional.empty();
    }

    /** Returns the options its JVMs need besides those that all rows have. */
    default List<String> jvmFlags() {
        return List.of();
    }

    /** Returns the class path of its JVMs; empty if it is that of the command. */
    default Optional<String> classPath() {
        return Optional.empty();
    }

    /**
     * Opens a place for the other end.
     *
     * @param folder an empty, private folder of this row, deleted when the row has ended
     */
    Entrance listen(Path folder) throws IOException;

    /**
     * Connects to the place of the other end.
     *
     * @param place what {@link Entrance#place()} said
     * @param batched true to collect what is sent until {@link Exchange#sendNow} or until there is enough; only asked
     *     where {@link #batches()}
     */
    Exchange connect(String place, boolean batched) throws IOException;

    /** Where the listening end waits for the other one. */
    interface Entrance extends AutoCloseable {

        /** Waits for the other end. */
        @FunctionalInterface
        interface Accepting {
            Exchange accept() throws IOException;
        }

        /**
         * Returns one made of its parts.
         *
         * @param place what the other end needs to connect, on one line
         */
        static Entrance at(String place, Accepting accepting, Closeable closing) {
            return new Entrance() {
                @Override
                public String place() {
                    return place;
                }

                @Override
                public Exchange accept() throws IOException {
                    return accepting.accept();
                }

                @Override
                public void close() throws IOException {
                    closing.close();
                }
            };
        }

        /** Returns what the other end needs to connect, on one line. */
        String place();

        /** Waits for the other end. */
        Exchange accept() throws IOException;

        @Override
        void close() throws IOException;
    }
}
