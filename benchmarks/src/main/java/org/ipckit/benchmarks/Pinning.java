package org.ipckit.benchmarks;

/** Binds the calling thread, and no other of its JVM, to one processor. */
final class Pinning {

    private static final int MASK_BYTES = 128; // 1024 processors, as in glibc

    private Pinning() {}

    /** Binds the calling thread; returns why that was not possible, or an empty text. */
    static String pin(int processor) {
        if (!LibC.isAvailable()) {
            return LibC.LIBRARY.reasonWhyNot();
        }
        if (processor < 0 || processor >= MASK_BYTES * Byte.SIZE) {
            return "processor " + processor + " is beyond what this program can name";
        }
        byte[] mask = new byte[MASK_BYTES];
        // The mask is an array of long; on little-endian machines that is the order of the bytes too.
        mask[processor / Byte.SIZE] = (byte) (1 << processor % Byte.SIZE);
        if (LibC.LIBRARY.calls().sched_setaffinity(0, mask.length, mask) != 0) {
            return LibC.LIBRARY
                    .failure("sched_setaffinity", "processor " + processor)
                    .getMessage();
        }
        return "";
    }
}
