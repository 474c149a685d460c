package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process holds or held a lock. It says whom to ask; whether the lock is held only the lock itself says.
 *
 * @param pid its number
 * @param start when it began, in ticks since the machine did: tells it from another that gets its number later
 * @param boot since which start of the machine numbers are counted
 * @param pidNamespace among which processes its number means it: a container counts its own
 */
public record LockOwner(long pid, long start, String boot, String pidNamespace) {

    private static final Pattern TEXT =
            Pattern.compile("pid (\\d{1,18})\nstart (\\d{1,18})\nboot (\\S+)\npid-namespace (\\S+)\n");

    private static final int START_AFTER_NAME = 20;

    public LockOwner {
        Objects.requireNonNull(boot, "boot");
        Objects.requireNonNull(pidNamespace, "pidNamespace");
    }

    /** Returns this process. */
    static LockOwner thisProcess() {
        return Self.IDENTITY;
    }

    private static final class Self {
        static final LockOwner IDENTITY = identity();

        private static LockOwner identity() {
            try {
                long pid = ProcessHandle.current().pid();
                return new LockOwner(pid, startOf(pid).orElse(0L), bootNow(), namespaceHere());
            } catch (IOException refused) {
                throw new IllegalStateException("cannot read about this process in /proc", refused);
            }
        }
    }

    /**
     * Returns false if that process has ended for sure; true if it lives, or cannot be seen from here.
     *
     * @throws IOException if the system does not say
     */
    public boolean mayBeAlive() throws IOException {
        if (!boot.equals(bootNow())) {
            return false;
        }
        if (!pidNamespace.equals(namespaceHere())) {
            return true;
        }
        return startOf(pid).filter(now -> now == start).isPresent();
    }

    private static Optional<Long> startOf(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(stat)) {
            return Optional.empty();
        }
        String text = read(stat);
        // The name stands in brackets and may have spaces and brackets in it.
        String[] fields = text.substring(text.lastIndexOf(')') + 1).trim().split(" ", -1);
        return fields.length < START_AFTER_NAME
                ? Optional.empty()
                : Optional.of(Long.parseLong(fields[START_AFTER_NAME - 1]));
    }

    private static String bootNow() throws IOException {
        return read(Path.of("/proc/sys/kernel/random/boot_id")).trim();
    }

    private static String namespaceHere() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    }

    private static String read(Path file) throws IOException {
        // These files say that they have no bytes, which Files.readString believes.
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Returns the owner that a text names; empty if it names none. */
    static Optional<LockOwner> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new LockOwner(
                        Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3), parts.group(4)))
                : Optional.empty();
    }

    /** Returns the text that {@link #parse} reads. */
    String toText() {
        return "pid " + pid + "\nstart " + start + "\nboot " + boot + "\npid-namespace " + pidNamespace + "\n";
    }

    @Override
    public String toString() {
        return "process " + pid;
    }
}
