package org.ipckit.signals;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One process and no other: a pid is given to a new process some time after its process has ended, but not with the same
 * start.
 *
 * @param pid the number of the process
 * @param startTicks when it began, in ticks of the system's clock since the system began
 */
record ProcessIdentity(long pid, long startTicks) {

    private static final int STATE = 0;
    private static final int START = 19;

    /** Returns the current process. */
    static ProcessIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IOException("there is no /proc/" + pid + "/stat: is /proc mounted?"));
    }

    /** Returns the process that has this pid now; empty if none has it that still runs. */
    static Optional<ProcessIdentity> of(long pid) {
        try {
            String stat = read("/proc/" + pid + "/stat");
            // The name before the fields is in parentheses and may contain any character, parentheses too.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return dead ? Optional.empty() : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START])));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Returns what is in a file of the system, whose size is said to be 0. */
    static String read(String file) throws IOException {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns true while the process runs. */
    boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }
}
