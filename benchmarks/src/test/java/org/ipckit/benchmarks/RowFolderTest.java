package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class RowFolderTest {

    @Test
    void whatARowMakesInMemoryIsPrivateAndGoesWithItsFolder() throws IOException {
        Path folder = RowFolder.create();
        Path ring = Files.createFile(RowFolder.inMemory(folder, "ring"));
        Path driver = Files.createDirectory(RowFolder.inMemory(folder, "driver"));
        Files.createFile(driver.resolve("log"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ring.getParent())));

        RowFolder.delete(folder);

        assertFalse(Files.exists(folder));
        assertFalse(Files.exists(ring.getParent()), ring::toString);
        assertTrue(Files.isDirectory(folder.getParent()));
    }

    @Test
    void memoryIsSharedInMemoryAndAllElseInTheFolderOfTheRow() throws IOException {
        Path folder = RowFolder.create();
        try {
            assertEquals(folder, RowAddress.folder("uds", folder));
            assertEquals(RowFolder.inMemory(folder, "ring").getParent(), RowAddress.folder("shm", folder));
        } finally {
            RowFolder.delete(folder);
        }
    }
}
