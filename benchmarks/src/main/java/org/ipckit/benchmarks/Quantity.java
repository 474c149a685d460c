package org.ipckit.benchmarks;

/**
 * A number that tells itself what it is, for what is measured in few rows only.
 *
 * @param name what it is, such as {@code idleCpu}
 * @param unit what it is counted in, such as {@code ms/s}
 * @param better which of two is the better one
 */
public record Quantity(String name, String unit, Better better, double value) {

    /** Which of two numbers is the better one. */
    public enum Better {
        LESS,
        MORE,
        /** It was chosen, not measured. */
        NEITHER
    }
}
