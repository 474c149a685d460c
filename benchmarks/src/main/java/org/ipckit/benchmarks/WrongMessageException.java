package org.ipckit.benchmarks;

/** A message came that was not sent like this: what was measured is worth nothing. */
final class WrongMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongMessageException(String message) {
        super(message);
    }
}
