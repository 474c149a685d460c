package org.ipckit.signals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.signals.SignalUse.Verdict;
import org.ipckit.signals.Signals.SignalHandling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalsTest {

    private static final int FLOOD = 10_000;

    // ---------------------------------------------------------------- which

    @ParameterizedTest
    @ValueSource(strings = {"USR1", "HUP", "INT", "TERM", "WINCH", "URG", "CONT", "ALRM", "SIGUSR1"})
    void theseAreFree(String name) {
        assertEquals(
                Verdict.FREE, Signals.use(name).verdict(), Signals.use(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP", "SEGV", "ILL", "FPE", "QUIT", "BUS"})
    void theseCannotBeTakenAndTheReasonIsSaid(String name) {
        SignalUse use = Signals.use(name);

        assertEquals(Verdict.TAKEN, use.verdict());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Signals.handle(name, () -> {}));
        assertTrue(refused.getMessage().contains("SIG" + name), refused.getMessage());
        assertTrue(refused.getMessage().contains(use.reason()), refused.getMessage());
    }

    @Test
    void whatIsFreeOrCostlyTheJvmReallyLetsUsTake() {
        for (SignalUse use : Signals.all()) {
            if (use.verdict() != Verdict.TAKEN && !use.name().equals("USR2")) {
                Signals.handle(use.name(), () -> {}).close();
            }
        }
        assertTrue(Signals.all().size() > 25, Signals.all().toString());
    }

    @Test
    void theSignalByWhichTheJvmStopsItsThreadsIsCostly() {
        SignalUse use = Signals.use("USR2");

        assertEquals(Verdict.COSTLY, use.verdict());
        assertTrue(use.reason().contains("_JAVA_SR_SIGNUM"), use.reason());
        assertEquals(
                Verdict.FREE,
                new JvmSignalRules(false, JvmSignalRules.suspending("40"))
                        .use("USR2", 12)
                        .verdict());
        assertEquals(
                Verdict.COSTLY,
                new JvmSignalRules(false, JvmSignalRules.suspending("9"))
                        .use("USR2", 12)
                        .verdict());
    }

    @Test
    void aJvmThatLeavesItsSignalsAloneGivesOtherReasons() throws Exception {
        try (Jvm jvm = Jvm.start(List.of("-Xrs"), Uses.class)) {
            for (String name : List.of("HUP", "INT", "TERM", "QUIT")) {
                String line = jvm.line();
                assertTrue(line.startsWith("SIG" + name + " ") && line.contains("taken"), line);
                assertTrue(line.contains("-Xrs"), line);
            }
            jvm.awaitLine("SIGUSR1 (10): free");
            // What we say and what the JVM does are the same.
            jvm.awaitLine("refused HUP");
            jvm.awaitLine("refused INT");
            jvm.awaitLine("refused TERM");
            jvm.awaitLine("refused QUIT");
            jvm.awaitLine("took USR1");
            assertEquals(0, jvm.awaitEnd());
        }
    }

    /** Prints what its JVM lets it do, and what that does when it is tried. */
    static final class Uses {

        private static final List<String> NAMES = List.of("HUP", "INT", "TERM", "QUIT", "USR1");

        private Uses() {}

        public static void main(String[] args) {
            NAMES.forEach(name -> System.out.println(Signals.use(name)));
            NAMES.forEach(Uses::tryToTake);
        }

        private static void tryToTake(String name) {
            try {
                VmSignals.handle(name, number -> {});
                System.out.println("took " + name);
            } catch (IllegalArgumentException refused) {
                System.out.println("refused " + name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTMIN", "NONE", ""})
    void aSignalThatTheJvmCannotNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Signals.use(name));
        assertThrows(IllegalArgumentException.class, () -> Signals.handle(name, () -> {}));
        assertThrows(IllegalArgumentException.class, () -> Signals.raise(name));
    }

    // ---------------------------------------------------------------- taking and raising

    @Test
    void whatIsRaisedIsHandled() {
        AtomicInteger count = new AtomicInteger();
        try (SignalHandling handling = Signals.handle("SIGUSR1", count::incrementAndGet)) {
            assertEquals("USR1", handling.name());

            Signals.raise("USR1");

            eventually("the handler to run", () -> count.get() == 1);
        }
    }

    @Test
    void aHandlerThatFailsHandlesTheNextSignalToo() {
        AtomicInteger count = new AtomicInteger();
        try (SignalHandling handling = Signals.handle("URG", () -> {
            if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
        })) {
            Signals.raise(handling.name());
            eventually("the first", () -> count.get() == 1);
            Signals.raise(handling.name());
            eventually("the second", () -> count.get() == 2);
        }
    }

    @Test
    void theHandlerBeforeIsBackWhenTheNewerOneIsClosed() {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        try (SignalHandling older = Signals.handle("WINCH", first::incrementAndGet)) {
            SignalHandling newer = Signals.handle("WINCH", second::incrementAndGet);
            Signals.raise(older.name());
            eventually("the newer one to run", () -> second.get() == 1);
            assertEquals(0, first.get());

            newer.close();
            newer.close();
            Signals.raise(older.name());

            eventually("the older one to run", () -> first.get() == 1);
            assertEquals(1, second.get());
        }
    }

    @Test
    void handlersMayBeClosedInAnyOrder() {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        SignalHandling older = Signals.handle("CONT", first::incrementAndGet);
        try (SignalHandling newer = Signals.handle("CONT", second::incrementAndGet)) {
            older.close();
            Signals.raise(newer.name());
            eventually("the newer one to run", () -> second.get() == 1);
        }

        assertThrows(IllegalStateException.class, () -> Signals.raise("CONT"), "nobody is left");
        assertEquals(0, first.get());
    }

    @Test
    void whatNobodyHandlesIsNotRaised() {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> Signals.raise("ALRM"));

        assertTrue(refused.getMessage().contains("SIGALRM"), refused.getMessage());
    }

    // ---------------------------------------------------------------- others

    @Test
    void aForeignSignalIsHandledAndTheJvmLives() throws Exception {
        try (Jvm jvm = Jvm.start(Counter.class)) {
            jvm.awaitLine("ready");

            assertEquals(0, Jvm.run("kill", "-USR1", String.valueOf(jvm.pid())).awaitEnd());

            jvm.awaitLine("signal");
            jvm.say("end");
            assertEquals(0, jvm.awaitEnd());
        }
    }

    @Test
    void aJvmThatDoesNotHandleItIsEndedByIt() throws Exception {
        try (Jvm jvm = Jvm.start(Counter.class, "unhandled")) {
            jvm.awaitLine("ready");
            assertFalse(Signals.isSafeFor(jvm.pid(), Signals.use("USR1")));

            assertEquals(0, Jvm.run("kill", "-USR1", String.valueOf(jvm.pid())).awaitEnd());

            assertNotEquals(0, jvm.awaitEnd());
        }
    }

    @Test
    void aFloodOfSignalsDoesNoHarm() throws Exception {
        try (Jvm jvm = Jvm.start(Counter.class)) {
            jvm.awaitLine("ready");
            int number = Signals.use("USR1").number();
            for (int sent = 0; sent < FLOOD; sent++) {
                assertEquals(0, LibC.calls().kill((int) jvm.pid(), number));
            }
            // They become fewer, and the last of them is handled after the last was sent.
            jvm.awaitLine("signal");

            jvm.say("end");

            String line = jvm.line();
            while ("signal".equals(line)) {
                line = jvm.line();
            }
            assertEquals("end", line);
            assertEquals(0, jvm.awaitEnd());
        }
    }

    /** Says each signal that it handles, until it is told to end. */
    static final class Counter {

        private Counter() {}

        public static void main(String[] args) throws Exception {
            if (args.length == 0) {
                SignalHandling forEver = Signals.handle("USR1", () -> System.out.println("signal"));
                assertEquals("USR1", forEver.name());
            }
            System.out.println("ready");
            new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
            System.out.println("end");
        }
    }
}
