package org.ipckit.pipes;

import java.io.IOException;

/** No process has the FIFO open for reading. */
final class NoReaderException extends IOException {

    private static final long serialVersionUID = 1L;

    NoReaderException(String message) {
        super(message);
    }

    NoReaderException(String message, Throwable cause) {
        super(message, cause);
    }
}
