package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.signals.SignalReport.Reason;
import org.ipckit.signals.SignalReport.Skipped;
import org.ipckit.signals.Signals.SignalHandling;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AddressInUseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PidDirectoryTest {

    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    private PidDirectory directory;

    @BeforeEach
    void open() {
        directory = PidDirectory.at(folder.resolve("pids"));
    }

    private Path file(long pid) {
        return directory.folder().resolve(String.valueOf(pid));
    }

    private List<Reason> reasons(SignalReport report) {
        return report.skipped().stream().map(Skipped::reason).toList();
    }

    @Test
    void aProcessThatHasEnteredIsSignalled() {
        AtomicInteger count = new AtomicInteger();
        try (SignalHandling handling = Signals.handle("USR1", count::incrementAndGet);
                PidDirectory.Entry entry = directory.enter()) {
            assertEquals(file(PID), entry.file());

            SignalReport report = directory.signal(handling.name());

            assertEquals(new SignalReport(List.of(PID), List.of()), report);
            eventually("the signal", () -> count.get() == 1);
        }
        assertFalse(Files.exists(file(PID)));
        assertEquals(new SignalReport(List.of(), List.of()), directory.signal("USR1"));
    }

    @Test
    void aProcessEntersOnce() {
        try (PidDirectory.Entry entry = directory.enter()) {
            assertThrows(AddressInUseException.class, directory::enter);
            assertTrue(Files.exists(entry.file()));
        }
        directory.enter().close();
    }

    @Test
    void aProcessThatDoesNotHandleTheSignalIsNotEndedByIt() throws Exception {
        try (Jvm other = Jvm.run("sleep", "60")) {
            Files.createFile(file(other.pid()));

            SignalReport report = directory.signal("USR1");

            assertEquals(List.of(Reason.NOT_HANDLED), reasons(report));
            assertTrue(other.process().isAlive());
            assertEquals(List.of(other.pid()), directory.signal("WINCH").signalled(), "that is ignored");
        }
    }

    @Test
    void anEmptyFileAsOtherProgramsMakeItIsEnough() throws Exception {
        try (Jvm other = Jvm.start(SignalsTest.Counter.class)) {
            other.awaitLine("ready");
            Files.createFile(file(other.pid()));

            assertEquals(List.of(other.pid()), directory.signal("USR1").signalled());

            other.awaitLine("signal");
        }
    }

    @Test
    void theFileOfADeadProcessIsRemoved() throws Exception {
        long pid;
        try (Jvm other = Jvm.run("true")) {
            assertEquals(0, other.awaitEnd());
            pid = other.pid();
        }
        Files.createFile(file(pid));

        assertEquals(List.of(Reason.STALE), reasons(directory.signal("USR1")));

        assertFalse(Files.exists(file(pid)));
        assertEquals(List.of(), directory.signal("USR1").skipped());
    }

    @Test
    void aProcessThatWasGivenThePidOfADeadOneIsNeverSignalled() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (SignalHandling handling = Signals.handle("USR1", count::incrementAndGet)) {
            // Of a process that began at another time, and of one that was there before we began.
            Files.writeString(file(PID), "start " + (ProcessIdentity.current().startTicks() - 1) + "\n");
            assertEquals(List.of(Reason.STALE), reasons(directory.signal(handling.name())));
            assertFalse(Files.exists(file(PID)));

            Files.createFile(file(PID));
            Files.setLastModifiedTime(file(PID), FileTime.from(Instant.now().minusSeconds(86_400)));
            assertEquals(List.of(Reason.STALE), reasons(directory.signal(handling.name())));
            assertFalse(Files.exists(file(PID)));

            // The next one that comes is ours.
            try (PidDirectory.Entry entry = directory.enter()) {
                assertTrue(Files.exists(entry.file()));
                directory.signal(handling.name());
                eventually("the one signal", () -> count.get() == 1);
            }
        }
        assertEquals(1, count.get());
    }

    @Test
    void aFileThatADeadProcessOfThisPidHasLeftIsReplaced() throws Exception {
        Files.writeString(file(PID), "start 1\n");

        try (PidDirectory.Entry entry = directory.enter()) {
            assertEquals("start " + ProcessIdentity.current().startTicks() + "\n", Files.readString(entry.file()));
        }
    }

    @Test
    void aFileThatIsNotOursAnyMoreIsNotRemoved() throws Exception {
        PidDirectory.Entry entry = directory.enter();
        Files.writeString(entry.file(), "start 1\n");

        entry.close();

        assertEquals("start 1\n", Files.readString(entry.file()));
    }

    @Test
    void foreignFilesArePassedOverAndLeftAlone() throws Exception {
        for (String name : List.of("README", "0", "-1", "12x", "007", "99999999999", "1234567890")) {
            Files.createFile(directory.folder().resolve(name));
        }
        Files.createDirectory(file(PID));
        Files.createSymbolicLink(directory.folder().resolve("1"), Path.of("/dev/null"));

        SignalReport report = directory.signal("USR1");

        assertEquals(List.of(), report.signalled());
        assertEquals(9, report.skipped().size());
        assertTrue(report.skipped().stream().allMatch(each -> each.reason() == Reason.FOREIGN), report.toString());
        assertTrue(report.skipped().stream()
                .allMatch(each -> Files.exists(each.file(), java.nio.file.LinkOption.NOFOLLOW_LINKS)));
    }

    @Test
    void aProcessOfAnotherUserIsPassedOver() throws Exception {
        Required.that("root".equals(System.getProperty("user.name")), "only root can give a file to another user");
        AtomicInteger count = new AtomicInteger();
        try (SignalHandling handling = Signals.handle("USR1", count::incrementAndGet);
                PidDirectory.Entry entry = directory.enter()) {
            // As if somebody else had written our pid there.
            Files.setAttribute(entry.file(), "unix:uid", 65534);

            SignalReport report = directory.signal(handling.name());

            assertEquals(List.of(Reason.NOT_PERMITTED), reasons(report));
            assertTrue(Files.exists(entry.file()));
        }
        assertEquals(0, count.get());
    }

    @Test
    void aProcessIsReachedByItsDescriptorAndByItsNumber() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (SignalHandling handling = Signals.handle("USR1", count::incrementAndGet);
                HeldProcess held = HeldProcess.open(PID);
                HeldProcess named = HeldProcess.openByNumber(PID)) {
            int number = Signals.use(handling.name()).number();

            assertTrue(held.send(number));
            eventually("the first", () -> count.get() == 1);
            assertTrue(named.send(number));
            eventually("the second", () -> count.get() == 2);
        }
    }

    @Test
    void aProcessThatHasEndedMeanwhileIsGone() throws Exception {
        try (Jvm other = Jvm.run("sleep", "60");
                HeldProcess held = HeldProcess.open(other.pid());
                HeldProcess named = HeldProcess.openByNumber(other.pid())) {
            assertTrue(held.send(0));
            other.kill();

            assertFalse(held.send(0));
            assertFalse(named.send(0));
        }
    }

    @Test
    void whatAKilledProcessHasNotFinishedIsRemoved() throws Exception {
        long pid;
        try (Jvm other = Jvm.run("true")) {
            assertEquals(0, other.awaitEnd());
            pid = other.pid();
        }
        Path unfinished = Files.createFile(directory.folder().resolve("." + pid));

        assertEquals(new SignalReport(List.of(), List.of()), directory.signal("USR1"));

        assertFalse(Files.exists(unfinished));
    }

    @Test
    void aNameIsInTheUsersPrivateDirectory() throws IOException {
        String name = "test-" + PID;
        PidDirectory named = PidDirectory.named(name);
        try {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(named.folder())));
            assertEquals(named.folder(), PidDirectory.named(name).folder());
            assertThrows(IllegalArgumentException.class, () -> PidDirectory.named("../x"));
        } finally {
            Files.delete(named.folder());
        }
    }
}
