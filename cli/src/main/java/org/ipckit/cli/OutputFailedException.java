package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard output takes no more. */
final class OutputFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    OutputFailedException(IOException cause) {
        super("standard output cannot be written: " + cause.getMessage(), cause);
    }

    /** Returns true if whoever read the output has gone, as {@code head} does when it has its lines. */
    boolean readerHasGone() {
        String reason = String.valueOf(getCause().getMessage());
        return reason.contains("Broken pipe") || standardOutputIsPipe();
    }

    /** The system's words depend on the locale, but writing to a pipe fails for this reason alone. */
    private static boolean standardOutputIsPipe() {
        try {
            String file = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
            return file.startsWith("pipe:") || file.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
