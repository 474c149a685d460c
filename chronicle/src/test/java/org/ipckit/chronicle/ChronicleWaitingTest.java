package org.ipckit.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a message sleeps, and is rung. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChronicleWaitingTest extends ChronicleFixture {

    @Test
    void whoWaitsUsesNextToNoProcessorTime() {
        open(address());
        assertEquals(Optional.empty(), near.receive(SHORT));
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();

        assertEquals(Optional.empty(), near.receive(Duration.ofSeconds(1)));

        long used = threads.getCurrentThreadCpuTime() - before;
        assertTrue(used < 200_000_000, "used " + used + " ns in a second");
    }

    @Test
    void whoSleepsIsRungByEveryMessageThatItCannotHaveSeen() throws Exception {
        open(address());
        Thread echo = new Thread(() -> {
            for (int round = 0; round < 200; round++) {
                far.send(far.receive(Waits.FOREVER).orElseThrow());
            }
        });
        echo.start();

        for (int round = 0; round < 200; round++) {
            // Now and then so late that the other side has gone to sleep.
            Thread.sleep(round % 10 == 0 ? 2 : 0);
            near.send(Message.utf8("round " + round));
            assertEquals(
                    Message.utf8("round " + round), near.receive(Waits.FOREVER).orElseThrow());
        }

        echo.join();
    }
}
