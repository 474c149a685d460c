package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not one of results, or of a form that this version does not read. */
public final class InvalidReportException extends IOException {

    private static final long serialVersionUID = 1L;

    InvalidReportException(Path file, String what) {
        super(file + ": " + what);
    }
}
