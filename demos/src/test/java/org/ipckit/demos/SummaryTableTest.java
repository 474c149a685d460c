package org.ipckit.demos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;

/** The table has the article's cells and notes, made of what the transports say. */
class SummaryTableTest {

    private final List<String> lines = SummaryTable.markdown(Transports.registry());

    @Test
    void theCellsAreTheArticles() {
        assertEquals(
                List.of(
                        "Method | Cross Platform Compatible | Requires File or File Descriptor"
                                + " | Requires External Service | Easy to write / read code\u00b2",
                        "--- | --- | --- | --- | ---",
                        "Pipes | No | Yes | No | No",
                        "Files | Yes | Yes | No | Yes",
                        "Message Queues | Yes \u00b3 | No | Yes | Yes",
                        "Shared Memory | Yes \u2074 | Yes \u2075 | No | No",
                        "Sockets | Yes | No | No | Yes",
                        "Signals | No | No | No | Yes"),
                lines.stream()
                        .filter(line -> line.startsWith("|"))
                        .map(line -> line.substring(2, line.lastIndexOf(" | ")))
                        .toList());
    }

    @Test
    void theNotesAreTheArticles() {
        assertEquals(
                List.of(
                        "<sup>2</sup> \"Not easy\" means code of a lower level than who writes scripts usually deals with",
                        "<sup>3</sup> Mostly, at least the client side",
                        "<sup>4</sup> Using mmap, not posix_ipc",
                        "<sup>5</sup> Using mmap, not posix_ipc"),
                lines.stream().filter(line -> line.startsWith("<sup>")).toList());
    }

    @Test
    void whatATransportSaysOtherwiseStandsInTheLastColumn() {
        String sharedMemory = lines.stream()
                .filter(line -> line.startsWith("| Shared Memory "))
                .findFirst()
                .orElseThrow();

        assertEquals(
                "`shm`: cross platform: no, "
                        + Transports.registry()
                                .find("shm")
                                .orElseThrow()
                                .traits()
                                .crossPlatform()
                                .note(),
                sharedMemory.substring(sharedMemory.indexOf("`shm`"), sharedMemory.indexOf("; needs file")));
    }
}
