package org.ipckit.redis;

import java.io.IOException;

/** The server has not answered in time; it may still. */
final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message);
    }
}
