package org.ipckit.files;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MechanismException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileLocksTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private Path lockFile() {
        return folder.resolve("shared.json.lock");
    }

    private FileLocks locks() {
        return FileLocks.beside(folder.resolve("shared.json"));
    }

    @ParameterizedTest
    @EnumSource
    void whoHoldsTheLocksExcludesEveryOtherTool(Outsider outsider) throws Exception {
        try (HeldLock held = locks().acquire()) {
            assertFalse(outsider.gets(lockFile()));
            assertTrue(held.isHeld());
        }
        assertTrue(outsider.gets(lockFile()));
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherToolExcludesUs(Outsider outsider) throws Exception {
        Process holder = outsider.hold(lockFile());

        assertEquals(Optional.empty(), locks().acquire(Duration.ZERO));
        assertEquals(Optional.empty(), locks().acquire(SHORT));

        Outsider.end(holder);
        locks().acquire(SOON).orElseThrow().close();
    }

    @ParameterizedTest
    @EnumSource
    void aToolThatIsKilledGivesTheLockBackToWhoWaits(Outsider outsider) throws Exception {
        Process holder = outsider.hold(lockFile());
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try (HeldLock held = locks().acquire()) {
                return held.isHeld();
            }
        });

        holder.descendants().forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();

        assertTrue(waiting.get());
    }

    @Test
    void weGiveTheLocksBackWhenKilledAndTheNextOneIsToldNothingOld() throws Exception {
        Process holder =
                Outsider.start(Outsider.java(OurHolder.class, lockFile().toString()));
        assertEquals("held", Outsider.line(holder));
        LockOwner owner = locks().owner().orElseThrow();
        assertEquals(holder.pid(), owner.pid());
        assertTrue(owner.mayBeAlive());
        assertEquals(Optional.empty(), locks().acquire(SHORT));

        holder.destroyForcibly().waitFor();

        assertFalse(owner.mayBeAlive());
        assertEquals(Optional.of(owner), locks().owner(), "who died with it");
        try (HeldLock held = locks().acquire(SOON).orElseThrow()) {
            assertTrue(held.isHeld());
            assertEquals(Optional.of(LockOwner.thisProcess()), locks().owner());
        }
        assertEquals(Optional.empty(), locks().owner());
    }

    @Test
    void aProcessThatHasTheNumberOfTheDeadIsNotTakenForIt() throws Exception {
        LockOwner self = LockOwner.thisProcess();

        assertTrue(self.mayBeAlive());
        assertFalse(new LockOwner(self.pid(), self.start() + 1, self.boot(), self.pidNamespace()).mayBeAlive());
        assertFalse(new LockOwner(self.pid(), self.start(), "another boot", self.pidNamespace()).mayBeAlive());
        assertTrue(new LockOwner(1 << 22, 0, self.boot(), "pid:[1]").mayBeAlive(), "cannot be seen from here");
        assertEquals(Optional.of(self), LockOwner.parse(self.toText()));
    }

    @Test
    void aPathWithoutANameIsNoLockFile() {
        assertThrows(IllegalArgumentException.class, () -> FileLocks.at(Path.of("/")));
        assertThrows(IllegalArgumentException.class, () -> FileLocks.beside(Path.of("/")));
        assertThrows(IllegalArgumentException.class, () -> FileLocks.beside(Path.of("")));
    }

    @Test
    void theWaitTakesItsTimeAndNoLess() {
        try (HeldLock held = locks().acquire()) {
            long start = System.nanoTime();

            assertEquals(Optional.empty(), locks().acquire(SHORT));

            assertTrue(System.nanoTime() - start >= SHORT.toNanos());
            assertTrue(held.isHeld());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsTheWaitForATool(Outsider outsider) throws Exception {
        Process holder = outsider.hold(lockFile());
        requireInterruptible();
        Outsider.end(holder);
    }

    @Test
    void anInterruptEndsTheWaitForAThread() throws Exception {
        try (HeldLock held = locks().acquire()) {
            requireInterruptible();
            assertTrue(held.isHeld());
        }
    }

    private void requireInterruptible() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                locks().acquire();
                flag.completeExceptionally(new AssertionError("it got the lock"));
            } catch (InterruptedWaitException expected) {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        waiting.start();
        eventually(
                "it waits",
                () -> waiting.getState() == Thread.State.TIMED_WAITING || waiting.getState() == Thread.State.WAITING);

        waiting.interrupt();

        assertTrue(flag.get(), "the flag stays set");
    }

    @Test
    void threadsOfOneJvmExcludeEachOther() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int round = 0; round < 50; round++) {
                    try (HeldLock held = locks().acquire()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        assertTrue(held.isHeld());
                        inside.decrementAndGet();
                    }
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(1, most.get());
    }

    @Test
    void twoNamesOfOneFolderAreOneLock() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        try (HeldLock held =
                FileLocks.at(folder.resolve("real").resolve("lock")).acquire()) {
            assertEquals(Optional.empty(), FileLocks.at(link.resolve("lock")).acquire(Duration.ZERO));
            assertTrue(held.isHeld());
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingAnotherDescriptorOfTheLockFileDoesNotLoseTheLock(Outsider outsider) throws Exception {
        try (HeldLock held = locks().acquire()) {
            // This is how the JDK's own locks are lost.
            new FileInputStream(lockFile().toFile()).close();

            assertTrue(held.isHeld());
            assertFalse(outsider.gets(lockFile()));
        }
    }

    @Test
    void aLockThatIsLostIsNoticed() throws Exception {
        HeldLock held = locks().acquire();
        held.requireHeld();

        Files.delete(lockFile());

        assertFalse(held.isHeld());
        MechanismException lost = assertThrows(MechanismException.class, held::requireHeld);
        assertTrue(lost.getMessage().contains("lost")
                && lost.getMessage().contains(lockFile().toString()));
        Files.createFile(lockFile());
        assertFalse(held.isHeld(), "the new file is another one");
        held.close();
        locks().acquire(SOON).orElseThrow().close();
    }

    @Test
    void whoWaitedForAFileThatWasRemovedOnReleaseLocksTheOneThatIsThereNow() throws Exception {
        Process holder = Outsider.FLOCK.hold(lockFile());
        CompletableFuture<HeldLock> waiting = CompletableFuture.supplyAsync(() -> locks().acquire());
        eventually("it waits", () -> Turns.members(lockFile()) == 1);

        // As newer versions of Python's filelock do, before they release it.
        Files.delete(lockFile());
        Outsider.end(holder);

        try (HeldLock held = waiting.get()) {
            assertTrue(held.isHeld());
            assertFalse(Outsider.FLOCK.gets(lockFile()));
        }
    }

    @Test
    void aClosedLockIsNotHeldAndClosesAgain() {
        HeldLock held = locks().acquire();

        held.close();
        held.close();

        assertFalse(held.isHeld());
        assertThrows(MechanismException.class, held::requireHeld);
    }

    @Test
    void theLockFileIsRemovedWhenNobodyNeedsIt() throws Exception {
        assertTrue(locks().remove(), "there is none");
        HeldLock held = locks().acquire();
        assertFalse(locks().remove());
        assertTrue(held.isHeld());
        held.close();

        assertTrue(locks().remove());

        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aToolThatWaitsIsSeen() throws Exception {
        Process waiting;
        try (HeldLock held = locks().acquire()) {
            assertFalse(FileLocks.isAwaited(held.inode()));
            waiting = Outsider.start(
                    List.of("sh", "-c", "flock \"$1\" true", "sh", lockFile().toString()));

            eventually("it is seen", () -> isAwaited(held));
        }
        assertEquals(0, waiting.waitFor());
        assertTrue(locks().remove());
    }

    private static boolean isAwaited(HeldLock held) {
        try {
            return FileLocks.isAwaited(held.inode());
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void whatIsInTheLockFileStaysThere() throws Exception {
        Files.writeString(lockFile(), "somebody's words");

        locks().acquire().close();

        assertEquals("somebody's words", Files.readString(lockFile()));
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path target = folder.resolve("target");
        Files.createSymbolicLink(lockFile(), target);

        MechanismException refused = assertThrows(MechanismException.class, () -> locks().acquire());

        assertTrue(refused.getMessage().contains("link"), refused.getMessage());
        assertFalse(Files.exists(target));
    }

    @Test
    void aMissingFolderIsSaid() {
        AccessDeniedException refused = assertThrows(
                AccessDeniedException.class,
                () -> FileLocks.at(folder.resolve("none").resolve("lock")).acquire());

        assertTrue(refused.getMessage().contains("no folder"), refused.getMessage());
    }

    /** Holds our locks until it is killed or its input ends. */
    static final class OurHolder {

        private OurHolder() {}

        public static void main(String[] args) throws Exception {
            try (HeldLock held = FileLocks.at(Path.of(args[0])).acquire()) {
                System.out.println(held.isHeld() ? "held" : "lost");
                System.in.readAllBytes();
            }
        }
    }
}
