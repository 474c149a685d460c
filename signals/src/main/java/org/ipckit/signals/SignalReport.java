package org.ipckit.signals;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What became of a signal to all processes of a {@link PidDirectory}.
 *
 * @param signalled the pids that it was sent to
 * @param skipped the files that were passed over
 */
public record SignalReport(List<Long> signalled, List<Skipped> skipped) {

    public SignalReport {
        signalled = List.copyOf(signalled);
        skipped = List.copyOf(skipped);
    }

    /** Why a file was passed over. */
    public enum Reason {
        /** Its process is gone, even if another one has its pid; the file was removed. */
        STALE,
        /** It is not named by a pid. */
        FOREIGN,
        /** We may not signal its process, or it is in somebody else's name. */
        NOT_PERMITTED,
        /** Its process does not handle the signal, which would end it. */
        NOT_HANDLED,
        /** The system refused. */
        FAILED
    }

    /**
     * A file that was passed over.
     *
     * @param file the file
     * @param reason why
     * @param text the same in words
     */
    public record Skipped(Path file, Reason reason, String text) {

        public Skipped {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(text, "text");
        }
    }
}
