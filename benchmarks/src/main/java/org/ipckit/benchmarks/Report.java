package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * All that was measured, and what is needed to judge it and to measure it again. What {@code bench.json} holds.
 *
 * @param format the version of this form
 * @param date when the run began, UTC
 * @param commit of the checkout, with {@code -dirty} if something was changed since; null outside of one
 * @param command the command that makes the same figures again
 * @param java version and vendor of the JVM of all rows
 * @param flags the options of every row's JVMs
 * @param measurementSeconds how long each measurement took
 * @param completed false if the run was interrupted
 * @param remarks what a reader of the figures should know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Report(
        int format,
        String date,
        String commit,
        String command,
        Machine machine,
        String java,
        List<String> flags,
        int sizeBytes,
        int rounds,
        double measurementSeconds,
        boolean completed,
        List<String> remarks,
        List<RowReport> rows) {

    static final int FORMAT = 1;

    /** Writes the file, whole or not at all. */
    void write(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path unfinished = Files.createTempFile(target.getParent(), ".bench-", ".json");
        try {
            Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValue(unfinished.toFile(), this);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Reads a file that {@link #write} wrote. */
    static Report read(Path file) throws IOException {
        return Json.MAPPER.readValue(file.toFile(), Report.class);
    }
}
