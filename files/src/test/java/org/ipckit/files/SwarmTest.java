package org.ipckit.files;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All tools count under one lock file at once, and are killed at any instant. Those that take flock do not exclude those
 * that take fcntl's lock, so each kind has a counter of its own; ours excludes both and counts in both.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwarmTest {

    private static final String FLOCK = "flock";
    private static final String FCNTL = "fcntl";

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private int started;

    /** Counts in a folder as often as it is told, and says each number before it releases the lock. */
    private enum Worker {
        OURS {
            @Override
            List<String> command(Path folder, int rounds) {
                return Outsider.java(OurWorker.class, folder.toString(), "" + rounds);
            }
        },
        JAVA_FILE_LOCK {
            @Override
            List<String> command(Path folder, int rounds) {
                return Outsider.java(JdkWorker.class, folder.toString(), "" + rounds);
            }
        },
        PYTHON_FILELOCK {
            @Override
            List<String> command(Path folder, int rounds) {
                return python(
                        folder,
                        rounds,
                        """
                        import filelock
                        start()
                        lock = filelock.FileLock(folder + '/lock')
                        for round in range(rounds):
                            with lock.acquire(poll_interval=0.002):
                                count('flock')
                        """);
            }
        },
        LOCKF {
            @Override
            List<String> command(Path folder, int rounds) {
                return python(
                        folder,
                        rounds,
                        """
                        import fcntl
                        start()
                        file = open(folder + '/lock', 'a')
                        for round in range(rounds):
                            fcntl.lockf(file, fcntl.LOCK_EX)
                            count('fcntl')
                            fcntl.lockf(file, fcntl.LOCK_UN)
                        """);
            }
        },
        FLOCK_COMMAND {
            @Override
            List<String> command(Path folder, int rounds) {
                Required.program("flock");
                return List.of(
                        "sh",
                        "-c",
                        """
                        cd "$1"
                        exec 9>>lock
                        echo ready
                        while [ ! -e go ]; do sleep 0.01; done
                        i=0
                        while [ $i -lt $2 ]; do
                            flock 9
                            read -r n < flock || [ -n "$n" ] || exit 1
                            n=$((n + 1))
                            echo $n > next.$$ && mv next.$$ flock && echo "flock $n."
                            flock -u 9
                            i=$((i + 1))
                        done
                        """,
                        "sh",
                        folder.toString(),
                        "" + rounds);
            }
        };

        abstract List<String> command(Path folder, int rounds);

        private static List<String> python(Path folder, int rounds, String program) {
            return List.of(
                    Required.pythonWith("filelock"),
                    "-c",
                    """
                    import os, sys, time
                    folder, rounds = sys.argv[1], int(sys.argv[2])
                    def start():
                        print('ready', flush=True)
                        while not os.path.exists(folder + '/go'):
                            time.sleep(0.01)
                    def count(name):
                        path = folder + '/' + name
                        number = int(open(path).read()) + 1
                        new = '%s/next.%d' % (folder, os.getpid())
                        with open(new, 'w') as file:
                            file.write(str(number))
                        os.rename(new, path)
                        print('%s %d.' % (name, number), flush=True)
                    """
                            + program,
                    folder.toString(),
                    "" + rounds);
        }
    }

    /** Writes the next number, which the name does not lose if this process is killed meanwhile. */
    private static void count(Path folder, String name) throws IOException {
        int number = Integer.parseInt(Files.readString(folder.resolve(name)).strip()) + 1;
        Path next = folder.resolve("next." + ProcessHandle.current().pid());
        Files.writeString(next, String.valueOf(number));
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        System.out.println(name + " " + number + ".");
    }

    private static void awaitStart(Path folder) {
        System.out.println("ready");
        eventually("the start", () -> Files.exists(folder.resolve("go")));
    }

    @Test
    void allToolsTogetherCountRightThoughSomeAreKilled() throws Exception {
        requireExactCount(100, 2);
    }

    @Tag("long")
    @Test
    void allToolsTogetherCountRightForLongThoughManyAreKilled() throws Exception {
        requireExactCount(1500, 20);
    }

    private void requireExactCount(int rounds, int killsOfEach) throws Exception {
        Files.writeString(folder.resolve(FLOCK), "0");
        Files.writeString(folder.resolve(FCNTL), "0");
        List<Running> living = new ArrayList<>();
        for (Worker worker : Worker.values()) {
            living.add(run(worker, rounds));
        }
        for (Running each : living) {
            each.awaitLines(1);
        }
        // Together: a JVM takes longer to start than the others to count.
        Files.createFile(folder.resolve("go"));
        List<Running> killed = new ArrayList<>();
        for (int kill = 0; kill < killsOfEach; kill++) {
            for (Worker worker : Worker.values()) {
                Running doomed = run(worker, 1_000_000);
                doomed.awaitLines(2);
                LockSupport.parkNanos(random.nextLong(30_000_000));
                doomed.kill();
                killed.add(doomed);
            }
        }

        for (Running each : living) {
            assertEquals(0, each.awaitEnd(), "a worker's exit code");
        }

        // A program that a killed shell has started may still be at work, and holds the lock as long as it is.
        try (HeldLock held = FileLocks.at(folder.resolve("lock")).acquire()) {
            held.requireHeld();
            requireEachNumberOnce(FLOCK, living, killed, 3 * rounds);
            requireEachNumberOnce(FCNTL, living, killed, 3 * rounds);
        }
    }

    private Running run(Worker worker, int rounds) throws IOException {
        return new Running(worker.command(folder, rounds), folder.resolve("said." + started++));
    }

    /** A number twice is an update that was lost; one that nobody has said was counted by one who was killed just then. */
    private void requireEachNumberOnce(String name, List<Running> living, List<Running> killed, int least)
            throws Exception {
        int total = Integer.parseInt(Files.readString(folder.resolve(name)).strip());
        List<Integer> said = new ArrayList<>();
        for (Running each : living) {
            said.addAll(each.numbers(name));
        }
        assertEquals(least, said.size(), "rounds of those that lived");
        for (Running each : killed) {
            said.addAll(each.numbers(name));
        }
        TreeSet<Integer> different = new TreeSet<>(said);
        assertEquals(said.size(), different.size(), name + ": a number was given twice");
        assertTrue(
                different.first() >= 1 && different.last() <= total, name + ": " + different.last() + " of " + total);
        int unsaid = total - said.size();
        assertTrue(unsaid >= 0 && unsaid <= killed.size(), name + ": " + unsaid + " numbers were never said");
    }

    /** A worker, and what it has said: in a file, for of a pipe the JVM forgets what is in it when the process is killed. */
    private static final class Running {

        private final Process process;
        private final Path said;

        Running(List<String> command, Path said) throws IOException {
            this.said = said;
            this.process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(said.toFile())
                    .start();
        }

        void awaitLines(int count) {
            eventually("a line of output", () -> lines().size() >= count);
        }

        private List<String> lines() {
            try {
                return Files.readAllLines(said);
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        int awaitEnd() throws InterruptedException {
            assertTrue(process.waitFor(500, TimeUnit.SECONDS), "it ends");
            return process.exitValue();
        }

        /** Returns the numbers it has said to the end: who is killed may have said half a one. */
        List<Integer> numbers(String name) {
            Pattern whole = Pattern.compile(name + " (\\d+)\\.");
            return lines().stream()
                    .map(whole::matcher)
                    .filter(Matcher::matches)
                    .map(line -> Integer.valueOf(line.group(1)))
                    .toList();
        }
    }

    /** Counts under our locks, in both counters. */
    static final class OurWorker {

        private OurWorker() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            awaitStart(folder);
            for (int round = 0; round < Integer.parseInt(args[1]); round++) {
                try (HeldLock held = FileLocks.at(folder.resolve("lock")).acquire()) {
                    held.requireHeld();
                    count(folder, FLOCK);
                    count(folder, FCNTL);
                }
            }
        }
    }

    /** Counts under the JDK's own lock. */
    static final class JdkWorker {

        private JdkWorker() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            awaitStart(folder);
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                for (int round = 0; round < Integer.parseInt(args[1]); round++) {
                    try (FileLock lock = channel.lock()) {
                        if (lock.isValid()) {
                            count(folder, FCNTL);
                        }
                    }
                }
            }
        }
    }
}
