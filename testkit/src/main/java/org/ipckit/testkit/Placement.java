package org.ipckit.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.Capabilities.Reach;

/** A place of the far end. */
enum Placement {
    THIS_JVM("in this JVM"),
    OTHER_JVM("in another JVM"),
    OTHER_JDK("in another JVM of another JDK");

    private static final String OTHER_JAVA = System.getProperty("ipckit.other.java", "");

    private final String words;

    Placement(String words) {
        this.words = words;
    }

    /** Returns the placements that a transport of this reach has on this machine. */
    static List<Placement> all(Where where, Reach reach) {
        List<Placement> all = new ArrayList<>();
        if (where != Where.OTHER_JVM) {
            all.add(THIS_JVM);
        }
        if (where != Where.THIS_JVM && reach != Reach.PROCESS) {
            all.add(OTHER_JVM);
            if (!OTHER_JAVA.isEmpty()) {
                all.add(OTHER_JDK);
            }
        }
        return all;
    }

    /** Returns the java executable for a far end in another JVM. */
    Path java() {
        return this == OTHER_JDK ? Path.of(OTHER_JAVA) : Path.of(System.getProperty("java.home"), "bin", "java");
    }

    @Override
    public String toString() {
        return words;
    }
}
