package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Mechanism;

/** Where a row of our own listens or publishes: in its folder, or on a free port, or on a server of its own. */
final class RowAddress {

    private static final Set<String> NEED_A_SERVER = Set.of("rediss", "redis-unix");
    private static final Set<String> START_A_SERVER = Set.of("redis", "redis-stream");

    private RowAddress() {}

    /** Returns the address of a scheme. */
    static Address of(String scheme, Path folder) {
        return of(scheme, "", folder);
    }

    /**
     * Returns the address of a scheme with options.
     *
     * @param options those of the row, with the question mark, or empty
     */
    static Address of(String scheme, String options, Path folder) {
        String target =
                switch (scheme) {
                    case "tcp", "tls" -> "127.0.0.1:0";
                    case "inproc" -> "benchmark";
                    case "redis", "redis-stream" -> "embedded/benchmark";
                    case "rediss" -> "127.0.0.1/benchmark";
                    default -> folder.resolve("place").toString();
                };
        Address address = Address.parse(scheme + "://" + target + options);
        // Each row has a server of its own, which ends with the row.
        return START_A_SERVER.contains(scheme) ? address.withOption("folder", folder.toString()) : address;
    }

    /** Returns the folder in which a row of a scheme listens: in memory, if that is what the mechanism shares. */
    static Path folder(String scheme, Path folder) throws IOException {
        return scheme.equals("shm") ? RowFolder.inMemory(folder) : folder;
    }

    /** Returns why a mechanism has no such address that works here; empty if it has. */
    static Optional<String> unavailable(Mechanism mechanism) {
        if (NEED_A_SERVER.contains(mechanism.scheme())) {
            return Optional.of("it needs a server that its address names; redis is measured with one of its own");
        }
        Availability availability = mechanism.availability();
        return availability.available() ? Optional.empty() : Optional.of(availability.reason());
    }
}
