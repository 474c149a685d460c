package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipckit.testkit.Required;

/** The tools of others that lock files, each as a process of its own. */
enum Outsider {
    PYTHON_FILELOCK {
        @Override
        List<String> command(Path lockFile) {
            return python(
                    lockFile,
                    """
                    import filelock
                    lock = filelock.FileLock(sys.argv[1])
                    try:
                        lock.acquire(timeout=0)
                    except filelock.Timeout:
                        refused()
                    held()
                    """);
        }
    },
    FLOCK {
        @Override
        List<String> command(Path lockFile) {
            Required.program("flock");
            return List.of(
                    "sh",
                    "-c",
                    "flock -n -E 99 \"$1\" sh -c 'echo held; exec cat'; [ $? -ne 99 ] || echo refused",
                    "sh",
                    lockFile.toString());
        }
    },
    LOCKF {
        @Override
        List<String> command(Path lockFile) {
            return python(
                    lockFile,
                    """
                    import fcntl
                    file = open(sys.argv[1], 'a')
                    try:
                        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except OSError:
                        refused()
                    held()
                    """);
        }
    },
    JAVA_FILE_LOCK {
        @Override
        List<String> command(Path lockFile) {
            return java(Holder.class, lockFile.toString());
        }
    };

    private static final String HELD = "held";
    private static final String REFUSED = "refused";

    /** Returns what prints {@code held} and ends with its input, or prints {@code refused} and ends. */
    abstract List<String> command(Path lockFile);

    /** Starts one that holds the lock. */
    Process hold(Path lockFile) throws IOException {
        Process process = start(command(lockFile));
        String word = line(process);
        if (!HELD.equals(word)) {
            process.destroyForcibly();
            throw new AssertionError(this + " says " + word);
        }
        return process;
    }

    /** Returns true if it gets the lock now. */
    boolean gets(Path lockFile) throws Exception {
        Process process = start(command(lockFile));
        String word = line(process);
        end(process);
        if (!HELD.equals(word) && !REFUSED.equals(word)) {
            throw new AssertionError(this + " says " + word);
        }
        return HELD.equals(word);
    }

    /** Lets one that holds the lock release it and end. */
    static void end(Process process) throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end");
        }
    }

    static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static String line(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    }

    private static List<String> python(Path lockFile, String program) {
        return List.of(
                Required.pythonWith("filelock"),
                "-c",
                """
                import sys
                def refused():
                    print('refused', flush=True)
                    sys.exit()
                def held():
                    print('held', flush=True)
                    sys.stdin.read()
                """
                        + program,
                lockFile.toString());
    }

    /** Returns the command that runs a main class of these tests in another JVM. */
    static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        Stream.of(arguments).forEach(command::add);
        return command;
    }

    /** Holds the JDK's own lock. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (FileChannel channel =
                            FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                System.out.println(lock == null ? REFUSED : HELD);
                if (lock != null) {
                    System.in.readAllBytes();
                }
            }
        }
    }
}
