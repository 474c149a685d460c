package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals of others, and greetings of others, disturb nobody. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalStrangersTest extends SignalFixture {

    private static final int FLOOD = 10_000;

    @Test
    void valuesOfStrangersAreThrownAway() throws Exception {
        Connection near = accept(listen(), Jvm.start(Echo.class, address()));
        long before = Receiver.ofThisJvm().strays();

        try (Jvm stranger = Jvm.start(Stranger.class, Receiver.ofThisJvm().place(), FLOOD)) {
            for (int message = 0; message < 200; message++) {
                requireWorking(near);
            }
            assertEquals(0, stranger.awaitEnd());
        }

        Receiver receiver = Receiver.ofThisJvm();
        eventually("all to be thrown away", () -> receiver.strays() >= before + FLOOD);
        requireWorking(near);
    }

    /** Sends values to all ends, those that are open among them, in its own name and from the first one in no one's. */
    static final class Stranger {

        private Stranger() {}

        public static void main(String[] args) throws Exception {
            SignalTarget target = SignalTarget.open(ReceiverPlace.parse(args[0]).orElseThrow());
            Envelope envelope = new Envelope();
            int sent = 0;
            while (sent < Integer.parseInt(args[1])) {
                long value = ((long) sent << 56) | 0x1234_0000_0000L;
                sent += target.send(envelope, value) == SignalTarget.Sent.YES ? 1 : 0;
            }
        }
    }

    @Test
    void aThreadIsReachedByItsDescriptorAndByItsNumber() throws Exception {
        Receiver receiver = Receiver.ofThisJvm();
        Envelope envelope = new Envelope();
        for (SignalTarget target :
                List.of(SignalTarget.open(receiver.place()), SignalTarget.openByNumber(receiver.place()))) {
            open(target);
            long before = receiver.strays();
            assertTrue(target.isAlive(envelope));

            assertEquals(SignalTarget.Sent.YES, target.send(envelope, 0));

            eventually("it to come", () -> receiver.strays() == before + 1);
        }
    }

    @Test
    void aThreadThatHasEndedIsGone() throws Exception {
        Jvm far = Jvm.start(Echo.class, address());
        accept(listen(), far);
        ReceiverPlace there = far.receiver();
        List<SignalTarget> targets = List.of(open(SignalTarget.open(there)), open(SignalTarget.openByNumber(there)));

        far.kill();

        for (SignalTarget target : targets) {
            assertEquals(SignalTarget.Sent.GONE, target.send(new Envelope(), 0));
        }
        assertThrows(AccessDeniedException.class, () -> SignalTarget.open(there));
    }

    @Test
    void signalsToTheProcessAsAWholeAreIgnored() throws Exception {
        Connection near = accept(listen(), Jvm.start(Echo.class, address()));
        ReceiverPlace here = Receiver.ofThisJvm().place();

        for (int count = 0; count < 10; count++) {
            assertEquals(0, LibC.calls().kill((int) here.process().pid(), here.signal()));
        }

        requireWorking(near);
    }

    @Test
    void aFloodOfForeignSignalsDisturbsNoMessage() throws Exception {
        Jvm far = Jvm.start(HandlingEcho.class, address());
        Connection near = accept(listen(), far);
        String flood =
                "i=0; while [ $i -lt " + FLOOD + " ]; do kill -USR1 " + far.pid() + " || exit 1; i=$((i + 1)); done";

        try (Jvm foreign = Jvm.run("sh", "-c", flood)) {
            do {
                requireWorking(near);
            } while (foreign.process().isAlive());
            assertEquals(0, foreign.awaitEnd());
        }

        requireWorking(near);
        assertTrue(far.process().isAlive());
    }

    /** An echo that handles the signal which would end it. */
    static final class HandlingEcho {

        private HandlingEcho() {}

        public static void main(String[] args) {
            Signals.SignalHandling forEver = Signals.handle("USR1", () -> {});
            assertEquals("USR1", forEver.name());
            Echo.main(args);
        }
    }

    @Test
    void whoeverGreetsWronglyIsRefusedAndTheListenerLivesOn() throws Exception {
        Listener listener = listen();
        ReceiverPlace here = Receiver.ofThisJvm().place();
        ProcessIdentity me = here.process();
        String end = " end 1 window 0";
        for (String[] hello : new String[][] {
            {"hello", "expected ipckit-signal/1"},
            {"ipckit-signal/1 " + here + " end 128 window 0", "expected ipckit-signal/1"},
            {"ipckit-signal/1 " + here + " end 0 window 0", "expected ipckit-signal/1"},
            // A signal that would end the process, and that of which the system lets nobody say where.
            {
                "ipckit-signal/1 pid " + me.pid() + " start " + me.startTicks() + " thread " + here.thread()
                        + " signal 9" + end,
                "expected ipckit-signal/1"
            },
            // Somebody else has the pid now.
            {
                "ipckit-signal/1 pid " + me.pid() + " start " + (me.startTicks() - 1) + " thread " + here.thread()
                        + " signal " + here.signal() + end,
                "no process"
            },
            // A process that the signal would end, for it takes another one.
            {"ipckit-signal/1 " + new ReceiverPlace(me, here.thread(), here.signal() + 9) + end, "would end process"},
        }) {
            AccessDeniedException refused = assertThrows(
                    AccessDeniedException.class, () -> Lease.connect(address(), file(), Message.utf8(hello[0]), SOON));
            assertTrue(refused.getMessage().contains(hello[1]), refused.getMessage());
        }
        requireWorking(accept(listener, Jvm.start(Echo.class, address())));
    }
}
