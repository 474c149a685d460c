package org.ipckit.natives;

import java.io.IOException;

/** Nobody reads any more what is written here (EPIPE). */
public final class BrokenPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenPipeException(String where) {
        super("nobody reads from " + where + " any more (EPIPE)");
    }
}
