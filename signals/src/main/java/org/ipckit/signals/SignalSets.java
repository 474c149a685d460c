package org.ipckit.signals;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** The sets of signals that the system shows of a process or a thread. */
final class SignalSets {

    static final String BLOCKED = "SigBlk:";
    static final String IGNORED = "SigIgn:";
    static final String CAUGHT = "SigCgt:";

    private SignalSets() {}

    /** Returns true if one of the sets has the signal; the folder is that of a process or thread in {@code /proc}. */
    static boolean anyHas(String folder, int signal, String... sets) throws IOException {
        List<String> asked = List.of(sets);
        return ProcessIdentity.read(folder + "/status")
                .lines()
                .map(line -> line.split("\\s+", 2))
                .filter(words -> asked.contains(words[0]))
                .anyMatch(words -> new BigInteger(words[1].strip(), 16).testBit(signal - 1));
    }
}
