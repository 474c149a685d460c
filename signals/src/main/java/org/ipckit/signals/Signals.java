package org.ipckit.signals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of this process: which ones a program in a JVM can take, taking them, and raising them. A signal says that
 * something has happened and nothing else; several that come shortly after each other may become one.
 *
 * <pre>{@code
 * try (SignalHandling handling = Signals.handle("USR1", () -> reload = true)) {
 *     ...
 * }
 * }</pre>
 *
 * <p>A signal that is not taken mostly ends the process, a JVM too: take it before another program can know the pid.
 * Thread-safe.
 */
public final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    /** At these a process goes on that does not take them. */
    private static final List<String> HARMLESS = List.of("CHLD", "CONT", "URG", "WINCH");

    /** Those of this JVM that are handled, the newest last. */
    private static final Map<String, List<SignalHandling>> HANDLINGS = new HashMap<>();

    private Signals() {}

    /** Returns what this JVM lets its programs do with each signal of this system. */
    public static List<SignalUse> all() {
        JvmSignalRules rules = JvmSignalRules.ofThisJvm();
        List<SignalUse> all = new ArrayList<>();
        for (String name : NAMES) {
            try {
                all.add(rules.use(name, VmSignals.number(name)));
            } catch (IllegalArgumentException notOnThisSystem) {
                LOG.debug("no signal {}", name, notOnThisSystem);
            }
        }
        return all;
    }

    /**
     * Returns what this JVM lets its programs do with a signal.
     *
     * @param name its name, with or without SIG
     * @throws IllegalArgumentException if the system has no such signal, or a JVM cannot name it, as the real-time ones
     */
    public static SignalUse use(String name) {
        String plain = plain(name);
        return JvmSignalRules.ofThisJvm().use(plain, VmSignals.number(plain));
    }

    /** Returns the name without SIG. */
    static String plain(String name) {
        Objects.requireNonNull(name, "name");
        return name.startsWith("SIG") ? name.substring(3) : name;
    }

    /**
     * Runs this at each signal from now on, on a thread of its own that the JVM makes; what it throws is logged. Who has
     * handled it before handles it again when the handling is closed.
     *
     * @param name its name, with or without SIG
     * @throws IllegalArgumentException if there is no such signal, or the JVM needs it; the text says for what
     */
    public static SignalHandling handle(String name, Runnable action) {
        Objects.requireNonNull(action, "action");
        SignalUse use = use(name);
        switch (use.verdict()) {
            case TAKEN ->
                throw new IllegalArgumentException("handle SIG" + use.name() + ": it cannot be taken, " + use.reason());
            case COSTLY -> LOG.warn("handling SIG{}: {}", use.name(), use.reason());
            case FREE -> LOG.debug("handling SIG{}", use.name());
        }
        synchronized (HANDLINGS) {
            SignalHandling handling = new SignalHandling(use.name(), action);
            handling.begin();
            HANDLINGS.computeIfAbsent(use.name(), unused -> new ArrayList<>()).add(handling);
            return handling;
        }
    }

    /**
     * Sends a signal to this process, which handles it soon, on another thread.
     *
     * @param name its name, with or without SIG
     * @throws IllegalStateException if nobody in this JVM handles it: most would end it
     */
    public static void raise(String name) {
        SignalUse use = use(name);
        try {
            VmSignals.raise(use.name());
        } catch (IllegalArgumentException unhandled) {
            throw new IllegalStateException(
                    "raise SIG" + use.name() + ": nobody in this JVM handles it; call Signals.handle first", unhandled);
        }
    }

    /** Returns true if a process goes on when it gets this signal. */
    static boolean isSafeFor(long pid, SignalUse use) throws IOException {
        return HARMLESS.contains(use.name()) || isTaken(pid, use.number());
    }

    /** Returns true if the process catches or ignores the signal. */
    private static boolean isTaken(long pid, int number) throws IOException {
        return SignalSets.anyHas("/proc/" + pid, number, SignalSets.CAUGHT, SignalSets.IGNORED);
    }

    /** A signal that is taken, until this is closed. */
    public static final class SignalHandling implements AutoCloseable {

        private final String name;
        private final Runnable action;
        private final AtomicBoolean closed = new AtomicBoolean();
        private VmSignals.Handler before;

        private SignalHandling(String name, Runnable action) {
            this.name = name;
            this.action = action;
        }

        private void begin() {
            before = VmSignals.handle(name, number -> run());
        }

        private void run() {
            try {
                action.run();
            } catch (RuntimeException failed) {
                LOG.warn("the handler of SIG{} failed", name, failed);
            }
        }

        /** Returns the name of the signal, without SIG. */
        public String name() {
            return name;
        }

        /** Handles the signal no longer. Any thread may call it, any number of times. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                end();
            }
        }

        /** In whatever order they are closed: each has to leave what the newest of those that are left wants. */
        private void end() {
            synchronized (HANDLINGS) {
                List<SignalHandling> same = HANDLINGS.get(name);
                int at = same.indexOf(this);
                boolean newest = at == same.size() - 1;
                if (newest) {
                    VmSignals.restore(name, before);
                } else {
                    same.get(at + 1).before = before;
                }
                same.remove(at);
            }
        }
    }
}
