package org.ipckit.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipckit.benchmarks.WholeFile;
import org.ipckit.transport.TransportRegistry;

/**
 * The files that a report is written into besides its results.
 *
 * @param html where the page goes
 * @param markdown where the same goes in Markdown
 * @param pictures the folder of the charts
 */
public record ReportFiles(Optional<Path> html, Optional<Path> markdown, Optional<Path> pictures) {

    /** Returns where the page of a file of results is expected: beside it, under the same name. */
    public static Path pageOf(Path json) {
        String name = json.getFileName().toString();
        return json.resolveSibling((name.endsWith(".json") ? name.substring(0, name.length() - 5) : name) + ".html");
    }

    /**
     * Makes sure that they can be written before anything is measured for them.
     *
     * @throws IllegalArgumentException if one cannot
     */
    public void requireWritable() {
        html.ifPresent(file -> requireFolder("--html", file));
        markdown.ifPresent(file -> requireFolder("--markdown", file));
        pictures.ifPresent(folder -> {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException("--png " + folder + ": this is no folder");
            }
        });
    }

    private static void requireFolder(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException(option + " " + file + ": its folder cannot be written to");
        }
    }

    /**
     * Writes them.
     *
     * @param registry what the table of traits is made of
     * @return what was written, a line each
     */
    public List<String> write(Results results, TransportRegistry registry) throws IOException {
        List<String> written = new ArrayList<>();
        if (html.isPresent()) {
            WholeFile.write(html.get(), HtmlReport.page(results, registry));
            written.add("The same with charts: " + html.get());
        }
        if (markdown.isPresent()) {
            WholeFile.write(markdown.get(), String.join("\n", MarkdownReport.lines(results, registry)) + "\n");
            written.add("The same in Markdown: " + markdown.get());
        }
        if (pictures.isPresent()) {
            int count = PictureReport.write(results, pictures.get()).size();
            written.add(count + " pictures: " + pictures.get());
        }
        return written;
    }
}
