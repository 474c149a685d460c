package org.ipckit.sharedmemory;

import java.io.IOException;

/** The memory holds what no peer that keeps to the layout has written, or is there no more. */
final class CorruptSegmentException extends IOException {

    private static final long serialVersionUID = 1;

    CorruptSegmentException(String message) {
        super(message);
    }

    /** What the JVM throws when it touches mapped memory whose file has become shorter. */
    CorruptSegmentException(InternalError fault) {
        super("somebody has made the file of the shared memory shorter", fault);
    }
}
