package org.ipckit.signals;

import java.util.Objects;

/**
 * Whether a program in this JVM can take a signal.
 *
 * @param name its name without SIG, such as {@code USR1}
 * @param number its number on this system
 * @param verdict whether it can be taken
 * @param reason why not, or what it costs; empty if it is free
 */
public record SignalUse(String name, int number, Verdict verdict, String reason) {

    /** Whether a signal can be taken. */
    public enum Verdict {
        /** It can be taken, and nobody misses it. */
        FREE,
        /** It can be taken, and something else does not work any more. */
        COSTLY,
        /** It cannot be taken, or must not. */
        TAKEN
    }

    public SignalUse {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
    }

    /** Returns it as a line of a table. */
    @Override
    public String toString() {
        return "SIG" + name + " (" + number + "): " + verdict.name().toLowerCase(java.util.Locale.ROOT)
                + (reason.isEmpty() ? "" : ", " + reason);
    }
}
