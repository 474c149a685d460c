package org.ipckit.signals;

import java.util.Map;

/** The numbers of the system calls for which the C library has no function; most are the same on all machines. */
final class SystemCalls {

    static final long PIDFD_SEND_SIGNAL = 424;
    static final long PIDFD_OPEN = 434;

    private static final Map<String, Long> RT_TGSIGQUEUEINFO = Map.of("amd64", 297L, "aarch64", 240L);

    private SystemCalls() {}

    /** Returns why they are not known here; empty if they are. */
    static String reasonWhyNot() {
        String machine = System.getProperty("os.arch");
        return RT_TGSIGQUEUEINFO.containsKey(machine)
                ? ""
                : "the number of rt_tgsigqueueinfo is not known for " + machine + ", only for "
                        + String.join(
                                ", ",
                                RT_TGSIGQUEUEINFO.keySet().stream().sorted().toList());
    }

    static long rtTgsigqueueinfo() {
        return RT_TGSIGQUEUEINFO.get(System.getProperty("os.arch"));
    }
}
