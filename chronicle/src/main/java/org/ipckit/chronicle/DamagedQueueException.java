package org.ipckit.chronicle;

import java.io.IOException;

/** The files of a queue are not what this version of Chronicle Queue writes, or not all of it. */
final class DamagedQueueException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedQueueException(String message, Throwable cause) {
        super(message, cause);
    }
}
