package org.ipckit.files;

/** A command was answered with an error; the message is what the server says. */
public final class CommandFailedException extends RuntimeException {

    public CommandFailedException(String message) {
        super(message);
    }
}
