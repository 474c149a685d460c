package org.ipckit.signals;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import org.ipckit.signals.SignalUse.Verdict;

/**
 * What the JVM does with each signal, as far as its options and its environment change that.
 *
 * @param reduced whether the JVM was told to leave the signals that end it to others: {@code -Xrs}
 * @param suspending the number of the signal by which the JVM stops its threads
 */
record JvmSignalRules(boolean reduced, int suspending) {

    private static final int USUALLY_SUSPENDING = 12;

    private static final Set<String> OF_THE_SYSTEM = Set.of("KILL", "STOP");
    private static final Set<String> OF_THE_JVM = Set.of("SEGV", "ILL", "FPE");
    private static final Set<String> ENDING = Set.of("HUP", "INT", "TERM");

    private static final Map<String, String> COSTLY = Map.of(
            "PIPE", "the JVM ignores it so that a write to a closed socket or pipe is an exception",
            "XFSZ", "the JVM ignores it so that a write beyond the limit of file sizes is an exception",
            "CHLD", "whoever waits for child processes in native code may need it",
            "PROF", "profilers use it",
            "ABRT", "the C library ends the process with it after a fatal error",
            "TRAP", "debuggers use it");

    /** Asks the running JVM. */
    static JvmSignalRules ofThisJvm() {
        return new JvmSignalRules(
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .anyMatch(option -> option.equals("-Xrs") || option.equals("-XX:+ReduceSignalUsage")),
                suspending(System.getenv("_JAVA_SR_SIGNUM")));
    }

    /** The JVM takes no signal that it uses otherwise, and falls back to its usual one. */
    static int suspending(String chosen) {
        if (chosen == null || !chosen.matches("\\d{1,3}")) {
            return USUALLY_SUSPENDING;
        }
        int number = Integer.parseInt(chosen);
        return number > 11 && number <= 64 ? number : USUALLY_SUSPENDING;
    }

    SignalUse use(String name, int number) {
        if (OF_THE_SYSTEM.contains(name)) {
            return new SignalUse(name, number, Verdict.TAKEN, "the system lets no program take it");
        }
        if (OF_THE_JVM.contains(name)) {
            return new SignalUse(name, number, Verdict.TAKEN, "the JVM finds errors of memory and arithmetic by it");
        }
        if (name.equals("BUS")) {
            return new SignalUse(
                    name,
                    number,
                    Verdict.TAKEN,
                    "the JVM finds mapped files that were cut off by it; with a handler it would hang for ever");
        }
        if (name.equals("QUIT")) {
            return new SignalUse(
                    name,
                    number,
                    Verdict.TAKEN,
                    reduced ? "the JVM was started with -Xrs" : "the JVM prints the stacks of all threads at it");
        }
        if (reduced && ENDING.contains(name)) {
            return new SignalUse(name, number, Verdict.TAKEN, "the JVM was started with -Xrs");
        }
        if (number == suspending) {
            return new SignalUse(
                    name,
                    number,
                    Verdict.COSTLY,
                    "the JVM stops its threads by it: Flight Recorder takes no more samples; take USR1 and another, such"
                            + " as WINCH, or start the JVM with _JAVA_SR_SIGNUM=40 in its environment");
        }
        if (COSTLY.containsKey(name)) {
            return new SignalUse(name, number, Verdict.COSTLY, COSTLY.get(name));
        }
        return new SignalUse(name, number, Verdict.FREE, "");
    }
}
