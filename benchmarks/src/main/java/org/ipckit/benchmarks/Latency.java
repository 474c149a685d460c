package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The times of one round's round trips, in nanoseconds.
 *
 * @param meanUnclockedNanos the mean of further round trips between which the clock was hardly read
 * @param histogram all times, as HdrHistogram encodes and compresses them, in Base64; null from the program in C, which
 *     only tells percentiles
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Latency(
        long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos, double meanUnclockedNanos, String histogram) {

    /** The longest time that is told apart from longer ones. */
    static final long LONGEST_NANOS = 10_000_000_000L;

    private static final int DIGITS = 3;

    /** Returns a histogram for the times of one measurement, which keeps three digits of each. */
    static Histogram emptyHistogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    /** Summarizes the times that were recorded. */
    public static Latency of(Histogram times, double meanUnclockedNanos) {
        return new Latency(
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getValueAtPercentile(99.9),
                times.getMaxValue(),
                meanUnclockedNanos,
                encoded(times));
    }

    /** Encodes and compresses a histogram. */
    public static String encoded(Histogram times) {
        ByteBuffer bytes = ByteBuffer.allocate(times.getNeededByteBufferCapacity());
        int length = times.encodeIntoCompressedByteBuffer(bytes);
        byte[] encoded = new byte[length];
        bytes.get(0, encoded);
        return Base64.getEncoder().encodeToString(encoded);
    }

    /**
     * Decodes the histogram.
     *
     * @throws IllegalStateException if there is none or it is damaged
     */
    public Histogram times() {
        if (histogram == null) {
            throw new IllegalStateException("these figures came without a histogram");
        }
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
        } catch (DataFormatException damaged) {
            throw new IllegalStateException("the histogram cannot be decoded", damaged);
        }
    }
}
