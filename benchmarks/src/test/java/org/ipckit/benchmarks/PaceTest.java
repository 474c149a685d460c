package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {

    @TempDir
    private Path folder;

    private Path governor;

    @BeforeEach
    void nameTheFile() {
        governor = folder.resolve("scaling_governor");
    }

    @Test
    void aProcessorThatWasSlowerForAWhileIsTold() {
        Pace pace = new Pace(governor);
        pace.took(1000);
        pace.took(1050);
        assertEquals(List.of(), pace.remarks());

        pace.took(1500);

        assertEquals(
                List.of("WARNING: the processor was slower at one time than at another: the same work took up to 50 %"
                        + " longer"),
                pace.remarks());
    }

    @Test
    void aGovernorThatSavesPowerIsNamedAndTheSteadyOneIsNot() throws IOException {
        Files.writeString(governor, "performance\n");
        assertEquals(List.of(), new Pace(governor).remarks());

        Files.writeString(governor, "powersave\n");
        assertTrue(new Pace(governor).remarks().get(0).contains("'powersave'"));
    }
}
