package org.ipckit.benchmarks;

/** A row cannot be measured any further; its text is the reason that the table shows. */
final class RowFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    RowFailedException(String reason) {
        super(reason);
    }
}
