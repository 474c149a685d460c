package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel's queue of signals is shared and short: nobody takes more of it than its part. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalQueueTest extends SignalFixture {

    @Test
    void aShortQueueIsEnough() throws Exception {
        Connection near = accept(listen(), Jvm.startWithQueue(200, Echo.class, address()));
        Message large = Message.of(new byte[60_000]);

        for (int count = 0; count < 20; count++) {
            near.send(large);
            assertEquals(large, near.receive(SOON).orElseThrow());
        }
    }

    @Test
    void whileStrangersFillTheQueueTheSenderWaits() throws Exception {
        Jvm far = Jvm.startWithQueue(200, Echo.class, address());
        Connection near = accept(listen(), far);
        requireWorking(near);
        ReceiverPlace there = far.receiver();
        Message message = Message.of(new byte[100]);
        AtomicInteger accepted = new AtomicInteger();
        assertEquals(0, Jvm.run("kill", "-STOP", String.valueOf(far.pid())).awaitEnd());
        eventually("it to stop", () -> isStopped(there.process().pid()));

        // Again and again: other processes of this user may take theirs off the queue meanwhile, which makes room.
        eventually("no room", () -> {
            fill(there);
            boolean taken = near.offer(message.asByteBuffer(), Duration.ZERO);
            accepted.addAndGet(taken ? 1 : 0);
            return !taken;
        });

        assertEquals(0, Jvm.run("kill", "-CONT", String.valueOf(far.pid())).awaitEnd());
        for (int count = 0; count < accepted.get(); count++) {
            near.flush();
            assertEquals(message, near.receive(SOON).orElseThrow());
        }
        requireWorking(near);
    }

    /** Queues values of a stranger as long as there is room. */
    private static void fill(ReceiverPlace place) {
        try (SignalTarget target = SignalTarget.open(place)) {
            Envelope envelope = new Envelope();
            SignalTarget.Sent sent = SignalTarget.Sent.YES;
            while (sent == SignalTarget.Sent.YES) {
                sent = target.send(envelope, 0);
            }
            assertEquals(SignalTarget.Sent.FULL, sent);
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    private static boolean isStopped(long pid) {
        try {
            return ProcessIdentity.read("/proc/" + pid + "/status").contains("\nState:\tT");
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    @Test
    void allEndsTogetherHaveHalfTheQueueAtMost() {
        assertEquals(256, Receiver.window(96_551));
        assertEquals(256, Receiver.window(Long.MAX_VALUE));
        assertEquals(16, Receiver.window(100));
        for (long limit : new long[] {5_000, 10_000, 40_000, 65_536}) {
            assertTrue(Receiver.window(limit) * 127L <= limit / 2, "limit " + limit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void whoSendsMoreThanItMayIsFoundOut(int maxMessageBytes) {
        InboundValues in = new InboundValues(maxMessageBytes, 16);
        boolean seen = false;
        for (int value = 0; value < 100_000 && !seen; value++) {
            seen = in.add(ValueFormat.first(1, value)) && in.corruption().isPresent();
        }
        assertTrue(in.corruption().orElseThrow().contains("more than it was allowed"));
        assertEquals(1, in.nextSize());
    }
}
