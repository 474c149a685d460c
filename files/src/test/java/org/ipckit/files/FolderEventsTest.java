package org.ipckit.files;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FolderEventsTest {

    @TempDir
    private Path folder;

    private final List<FolderEvents.Registration> registrations = new ArrayList<>();

    /** What somebody does to a file. */
    private interface Deed {
        void run() throws IOException;
    }

    private FolderEvents.Registration register(Path file, Runnable onChange) throws IOException {
        FolderEvents.Registration registration = FolderEvents.register(file, onChange);
        registrations.add(registration);
        return registration;
    }

    @AfterEach
    void leave() {
        registrations.forEach(FolderEvents.Registration::close);
        eventually("nobody to wait for reports", () -> !isReading());
    }

    private static boolean isReading() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("ipckit-files"));
    }

    private static void requireReport(AtomicInteger reports, Deed deed) throws IOException {
        int before = reports.get();
        deed.run();
        eventually("a report", () -> reports.get() > before);
    }

    @Test
    void whateverHappensToTheFileIsReported() throws Exception {
        Path file = folder.resolve("a file");
        Path other = folder.resolve("other");
        AtomicInteger reports = new AtomicInteger();
        register(file, reports::incrementAndGet);

        requireReport(reports, () -> Files.createFile(file));
        requireReport(reports, () -> Files.writeString(file, "changed"));
        Files.writeString(other, "next");
        requireReport(reports, () -> Files.move(other, file, StandardCopyOption.ATOMIC_MOVE));
        requireReport(reports, () -> Files.delete(file));
    }

    @Test
    void eachIsToldOfItsOwnFileOnly() throws Exception {
        AtomicInteger ones = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        register(folder.resolve("one"), ones::incrementAndGet);
        FolderEvents.Registration other = register(folder.resolve("other"), others::incrementAndGet);

        requireReport(ones, () -> Files.createFile(folder.resolve("one")));
        assertEquals(0, others.get());
        requireReport(others, () -> Files.createFile(folder.resolve("other")));

        other.close();
        // Reports come in the order of what they report: once this one is there, none that was under way is left.
        requireReport(ones, () -> Files.writeString(folder.resolve("one"), "changed"));
        int before = others.get();
        Files.delete(folder.resolve("other"));
        requireReport(ones, () -> Files.delete(folder.resolve("one")));
        assertEquals(before, others.get());
    }

    @Test
    void afterTheSystemHasLostReportsEverybodyLooks() throws Exception {
        int longest = Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_queued_events"))
                .get(0));
        AtomicInteger quiet = new AtomicInteger();
        CountDownLatch tooMany = new CountDownLatch(1);
        register(folder.resolve("quiet"), quiet::incrementAndGet);
        register(folder.resolve("busy"), () -> awaitQuietly(tooMany));

        for (int deed = 0; deed <= longest / 2; deed++) {
            // Two different ones: what is the same as the one before is reported with it.
            Files.createFile(folder.resolve("busy"));
            Files.delete(folder.resolve("busy"));
        }
        assertEquals(0, quiet.get());
        tooMany.countDown();

        eventually("a report of anything", () -> quiet.get() > 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoWatchesAFolderThatIsRemovedIsToldAndNotWaitedForAnyMore() throws Exception {
        Path within = Files.createDirectory(folder.resolve("within"));
        AtomicInteger reports = new AtomicInteger();
        register(within.resolve("file"), reports::incrementAndGet);
        assertTrue(isReading());

        requireReport(reports, () -> Files.delete(within));

        eventually("the end of its thread", () -> !isReading());
    }

    @Test
    void aFolderThatIsNotThereCannotBeWatched() {
        assertThrows(IOException.class, () -> register(folder.resolve("none").resolve("file"), () -> {}));
    }
}
