package org.ipckit.codecs;

/**
 * The most that a codec takes, in both directions; what exceeds it is a {@link org.ipckit.transport.CodecException} that
 * names the limit.
 *
 * @param maxBytes the size of an encoded value
 * @param maxDepth how many objects and lists may be open at a time, at most 1000; 0 allows neither
 */
public record CodecLimits(int maxBytes, int maxDepth) {

    /** 16 MiB, like the largest message of a transport, and a depth of 100. */
    public static final CodecLimits DEFAULT = new CodecLimits(16 << 20, 100);

    /** Values are walked by methods that call themselves, and a thread's stack ends. */
    private static final int DEEPEST = 1000;

    public CodecLimits {
        if (maxBytes < 1 || maxDepth < 0 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException(
                    "maxBytes " + maxBytes + " must be positive, maxDepth " + maxDepth + " from 0 to " + DEEPEST);
        }
    }

    /** Returns the same with another size. */
    public CodecLimits withMaxBytes(int other) {
        return new CodecLimits(other, maxDepth);
    }

    /** Returns the same with another depth. */
    public CodecLimits withMaxDepth(int other) {
        return new CodecLimits(maxBytes, other);
    }
}
