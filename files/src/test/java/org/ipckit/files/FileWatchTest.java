package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Availability;
import org.ipckit.transport.spi.Nap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileWatchTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "fuse.sshfs", "9p", "NFS"})
    void onFileSystemsOfNetworksEachSideLooksAndSaysSo(String type) throws Exception {
        try (FileWatch watch = FileWatch.of(folder.resolve("x"), type)) {
            assertFalse(watch.isReported(), watch.toString());
            assertTrue(watch.toString().contains("by looking"), watch.toString());
            assertTrue(
                    FileWatch.said().stream()
                            .anyMatch(reason -> reason.contains("its file system " + type + " does not")),
                    FileWatch.said().toString());

            // Nobody wakes it, and yet it does not sleep for long.
            Nap nap = watch.nap();
            long before = System.nanoTime();
            nap.sleep(TimeUnit.HOURS.toNanos(1));
            assertTrue(System.nanoTime() - before >= TimeUnit.MILLISECONDS.toNanos(FileWatch.POLL_MILLIS) / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "tmpfs", "overlay", "xfs", "btrfs"})
    void onFileSystemsOfThisMachineTheSystemReports(String type) throws Exception {
        try (FileWatch watch = FileWatch.of(folder.resolve("x"), type)) {
            assertTrue(watch.isReported(), watch.toString());
        }
    }

    @Test
    void theFileSystemOfTheTestsReports() throws Exception {
        try (FileWatch watch = FileWatch.of(folder.resolve("x"))) {
            assertTrue(watch.isReported(), watch.toString());
        }
        assertEquals(Optional.empty(), FileWatch.whyNothingIsReported());
    }

    @Test
    void whereTheSystemWatchesNothingEachSideLooksAndTheTransportSaysSo() throws Exception {
        Required.program("unshare");
        Required.that(withoutReaders(List.of("true")).waitFor() == 0, "this user may make no user namespace");

        Process process = withoutReaders(Outsider.java(Unwatched.class, folder.toString()));

        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertEquals("available, degraded: each side looks for changes every 10 ms", out.readLine());
            assertEquals("reported: false", out.readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A user namespace has limits of its own: in this one nobody may read reports. */
    private static Process withoutReaders(List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "sh",
                "-c",
                "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"",
                "sh"));
        all.addAll(command);
        return Outsider.start(all);
    }

    /** Says how it is about changes of a file in a folder. */
    static final class Unwatched {

        private Unwatched() {}

        public static void main(String[] args) throws IOException {
            Availability availability = new JsonFileTransport().availability();
            System.out.println((availability.available() ? "available" : "not available")
                    + (availability.degraded() ? ", degraded: " : "")
                    + availability.reason().split(":", -1)[0]);
            try (FileWatch watch = FileWatch.of(Path.of(args[0], "x"))) {
                System.out.println("reported: " + watch.isReported());
            }
        }
    }
}
