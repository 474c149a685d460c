package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, for as long as a slow machine may need. */
final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Eventually() {}

    static void eventually(BooleanSupplier condition, Supplier<String> otherwise) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail(otherwise.get());
            }
            Thread.sleep(5);
        }
    }
}
