package org.ipckit.benchmarks.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The charts as PNG files, for slides. */
public final class PictureReport {

    private PictureReport() {}

    /**
     * Writes a file for each chart into a folder, which is made if it is missing.
     *
     * @return the files
     * @throws IOException if one cannot be written, or this machine has nothing to write letters with
     */
    public static List<Path> write(Results results, Path folder) throws IOException {
        // There is no screen to draw on, and none is needed; a JVM that looks for one may fail.
        System.setProperty("java.awt.headless", "true");
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (int size : results.sizes()) {
            for (Chart chart : Charts.of(results, size)) {
                files.add(write(chart, folder.resolve(chart.name() + "-" + size + ".png")));
            }
        }
        for (Chart chart : Charts.overSizes(results)) {
            files.add(write(chart, folder.resolve(chart.name() + ".png")));
        }
        return files;
    }

    private static Path write(Chart chart, Path file) throws IOException {
        BufferedImage image;
        try {
            image = PictureCanvas.draw(chart);
        } catch (LinkageError | RuntimeException noFonts) {
            // What the JDK says where there are no fonts, or no library for them, differs with its version.
            throw new IOException(
                    file + ": this JDK cannot draw letters here; it needs libfreetype, fontconfig and a font (Debian:"
                            + " fontconfig fonts-dejavu-core): " + noFonts,
                    noFonts);
        }
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException(file + ": this JDK cannot write PNG");
        }
        return file;
    }
}
