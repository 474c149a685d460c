package org.ipckit.redis;

import java.io.IOException;

/** The server has refused a command: it was not done. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;
    private final transient ServerError error;

    RefusedException(ServerError error) {
        super("the server says: " + error);
        this.error = error;
    }

    ServerError error() {
        return error;
    }
}
