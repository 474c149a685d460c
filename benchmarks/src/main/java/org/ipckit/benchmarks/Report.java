package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

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
@JsonIgnoreProperties(value = "quantities", allowGetters = true)
@JsonPropertyOrder({"format", "quantities"})
public record Report(
        int format,
        String date,
        String commit,
        String command,
        Machine machine,
        String java,
        List<String> flags,
        int rounds,
        double measurementSeconds,
        boolean completed,
        List<String> remarks,
        List<RowReport> rows) {

    /** The version of the form that this code writes and reads. */
    public static final int FORMAT = 2;

    /** How a remark begins that makes the figures less certain. */
    static final String WARNING = "WARNING";

    /** Checks, because a file may lack anything. */
    public Report {
        Objects.requireNonNull(date, "no date");
        Objects.requireNonNull(command, "no command");
        Objects.requireNonNull(machine, "no machine");
        Objects.requireNonNull(java, "no java");
        flags = List.copyOf(Objects.requireNonNull(flags, "no flags"));
        remarks = List.copyOf(Objects.requireNonNull(remarks, "no remarks"));
        rows = List.copyOf(Objects.requireNonNull(rows, "no rows"));
    }

    /** Returns what the numbers of figures are, for readers of the file that do not have this code. */
    @JsonProperty
    public List<FigureField> quantities() {
        return List.of(FigureField.values());
    }

    /** Writes the file, whole or not at all. */
    public void write(Path file) throws IOException {
        WholeFile.write(
                file, Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
    }

    /** Writes the file in as few letters as it takes. */
    public void writeShort(Path file) throws IOException {
        WholeFile.write(file, Json.MAPPER.writeValueAsBytes(this));
    }

    /** Returns true if the run itself noticed that the machine was not idle, not suited, or not the same all the time. */
    public boolean noisy() {
        return remarks.stream().anyMatch(remark -> remark.startsWith(WARNING));
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @throws InvalidReportException if it is another kind of file, or of another version
     */
    public static Report read(Path file) throws IOException {
        try {
            JsonNode tree = Json.MAPPER.readTree(file.toFile());
            if (!tree.path("format").isInt()) {
                throw new InvalidReportException(file, "these are no results of ipckit bench");
            }
            int format = tree.get("format").asInt();
            if (format != FORMAT) {
                throw new InvalidReportException(
                        file, "its form is version " + format + ", and this program reads version " + FORMAT);
            }
            return Json.MAPPER.treeToValue(tree, Report.class);
        } catch (JsonProcessingException damaged) {
            throw new InvalidReportException(
                    file, "these are no results of ipckit bench, or damaged: " + damaged.getOriginalMessage());
        }
    }
}
