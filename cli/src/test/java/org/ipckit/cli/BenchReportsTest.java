package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a file of figures; the one that is kept with the sources serves as an example. */
class BenchReportsTest {

    private static final Path KEPT = Path.of("..", "benchmarks", "results", "latency.json");

    @TempDir
    private Path folder;

    @Test
    void reportMakesTheTableThePageMarkdownAndPictures() throws Exception {
        Path figures = Files.copy(KEPT, folder.resolve("run.json"));
        Path markdown = folder.resolve("run.md");
        Path pictures = folder.resolve("pictures");

        Ipckit ipckit = Ipckit.run(
                "bench", "report", figures.toString(), "--markdown", markdown.toString(), "--png", pictures.toString());

        assertEquals(0, ipckit.exitCode(), () -> ipckit.err().toString());
        assertTrue(ipckit.out().stream().anyMatch(line -> line.startsWith("uds ")), () -> ipckit.out()
                .toString());
        assertTrue(Files.readString(folder.resolve("run.html")).contains("<svg "), "the page is beside the figures");
        assertTrue(Files.readAllLines(markdown).stream().anyMatch(line -> line.startsWith("| uds | ")));
        assertPicture(pictures.resolve("round-trip-64.png"));
        assertPicture(pictures.resolve("percentiles-64.png"));
    }

    /** A picture that was drawn has more than its paper and one colour of ink. */
    private static void assertPicture(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        long colours = IntStream.range(0, image.getHeight() / 4)
                .flatMap(row ->
                        IntStream.range(0, image.getWidth() / 4).map(column -> image.getRGB(column * 4, row * 4)))
                .distinct()
                .count();
        assertTrue(image.getWidth() >= 1600 && colours > 3, file + " has " + colours + " colours");
    }

    @Test
    void tablesPrintsWhatOthersPublishedBesideWhatWasMeasured() throws Exception {
        Ipckit text = Ipckit.run("bench", "tables", KEPT.toString());
        Ipckit markdown = Ipckit.run("bench", "tables", "--markdown", KEPT.toString());

        assertEquals(0, text.exitCode(), () -> text.err().toString());
        assertTrue(text.out().contains("ipc-bench's messages per second"), () -> text.out()
                .toString());
        assertTrue(markdown.out().contains("## VYRA's latencies"), () -> markdown.out()
                .toString());
    }

    @Test
    void aRunComparedWithItselfHasNoRegressionAndOneInWhichARowBrokeHas() throws Exception {
        Path broken = folder.resolve("broken.json");
        String kept = Files.readString(KEPT);
        Files.writeString(broken, kept.replaceFirst("\"skipped\":false", "\"reason\":\"broke\",\"skipped\":false"));

        Ipckit same = Ipckit.run("bench", "compare", KEPT.toString(), KEPT.toString());
        Ipckit worse = Ipckit.run("bench", "compare", KEPT.toString(), broken.toString());
        Ipckit wrong = Ipckit.run("bench", "compare", KEPT.toString(), KEPT.toString(), "--threshold", "-1");

        assertEquals(0, same.exitCode(), () -> same.out() + " " + same.err());
        assertTrue(same.out().stream().anyMatch(line -> line.contains(" 0 have changed")), () -> same.out()
                .toString());
        assertEquals(1, worse.exitCode());
        assertTrue(worse.out().stream().anyMatch(line -> line.endsWith(" in B: broke")), () -> worse.out()
                .toString());
        assertEquals(2, wrong.exitCode());
    }

    @Test
    void aFileThatIsNoResultsIsToldInOneLine() throws Exception {
        Path other = Files.writeString(folder.resolve("other.json"), "{}");

        for (List<String> command : List.of(
                List.of("bench", "report", other.toString()),
                List.of("bench", "tables", other.toString()),
                List.of("bench", "compare", other.toString(), other.toString()))) {
            Ipckit ipckit = Ipckit.run(command.toArray(String[]::new));

            assertEquals(1, ipckit.exitCode());
            assertEquals(List.of("ipckit: " + other + ": these are no results of ipckit bench"), ipckit.err());
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsToldBeforeAnythingIsMeasured() throws Exception {
        Path nowhere = folder.resolve("missing").resolve("x.html");

        Ipckit ipckit = Ipckit.run("bench", "--html", nowhere.toString());

        assertEquals(2, ipckit.exitCode());
        assertTrue(ipckit.err().get(0).contains("its folder cannot be written to"), () -> ipckit.err()
                .toString());
    }
}
