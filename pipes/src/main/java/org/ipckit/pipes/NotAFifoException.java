package org.ipckit.pipes;

import java.io.IOException;
import java.nio.file.Path;

/** There is something at the path that is not a FIFO. */
final class NotAFifoException extends IOException {

    private static final long serialVersionUID = 1L;

    NotAFifoException(Path path) {
        super(path + " is not a FIFO");
    }
}
