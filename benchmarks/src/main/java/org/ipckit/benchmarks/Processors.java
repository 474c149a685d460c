package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two processors that the ends of all rows are pinned to.
 *
 * @param near the one of the near end; -1 if nothing is pinned
 * @param far the one of the far end; -1 if nothing is pinned
 * @param remark what is wrong with them, or empty
 */
record Processors(int near, int far, String remark) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Returns the two to use of those this process may run on: of different cores where there are two. */
    static Processors choose() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(ALLOWED)) {
                    return choose(list(line.substring(ALLOWED.length()).trim()), Path.of("/sys/devices/system/cpu"));
                }
            }
        } catch (IOException | NumberFormatException unreadable) {
            return new Processors(-1, -1, "not pinned: the processors are not known (" + unreadable.getMessage() + ")");
        }
        return new Processors(-1, -1, "not pinned: " + STATUS + " does not name the processors");
    }

    static Processors choose(List<Integer> allowed, Path topology) {
        if (allowed.size() < 2) {
            return new Processors(
                    -1,
                    -1,
                    "WARNING: only one processor may be used: both ends share it, and the numbers below are not"
                            + " comparable with anything");
        }
        int near = allowed.get(0);
        Optional<List<Integer>> core = siblings(near, topology);
        for (int far : allowed.subList(1, allowed.size())) {
            if (core.isEmpty() || !core.get().contains(far)) {
                return new Processors(near, far, "");
            }
        }
        return new Processors(
                near,
                allowed.get(1),
                "WARNING: the only two processors that may be used are threads of one core; two cores give other numbers");
    }

    /** Returns true if the ends are pinned. */
    boolean pinned() {
        return near >= 0;
    }

    private static Optional<List<Integer>> siblings(int processor, Path topology) {
        try {
            return Optional.of(
                    list(Files.readAllLines(topology.resolve("cpu" + processor + "/topology/thread_siblings_list"))
                            .get(0)
                            .trim()));
        } catch (IOException | RuntimeException notTold) {
            return Optional.empty(); // some virtual machines do not tell; then each counts as a core
        }
    }

    /** Reads a list as the kernel writes them: {@code 0-3,8}. */
    static List<Integer> list(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] bounds = part.split("-", -1);
            int last = Integer.parseInt(bounds[bounds.length - 1]);
            for (int number = Integer.parseInt(bounds[0]); number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
