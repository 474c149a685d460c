package org.ipckit.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;

/** Progress for a terminal: one line that is drawn again and again, and is gone at the end. */
final class ProgressBar implements Progress {

    private static final int WIDTH = 24;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final int rounds;
    private final long estimateNanos;
    private final long start = System.nanoTime();

    ProgressBar(PrintWriter err, int rounds, Duration estimate) {
        this.err = err;
        this.rounds = rounds;
        this.estimateNanos = Math.max(1, estimate.toNanos());
    }

    @Override
    public void starting(Row row) {
        draw("starting " + row.label());
    }

    @Override
    public void failed(Row row, String reason) {
        err.println(ERASE + row.label() + ": " + reason);
        err.flush();
    }

    @Override
    public void measuring(int round, Row row, Measurement measurement) {
        draw("round " + round + " of " + rounds + ": " + row.label() + ", " + measurement);
    }

    @Override
    public void ended() {
        err.print(ERASE);
        err.flush();
    }

    private void draw(String what) {
        double part = Math.min(1, (double) (System.nanoTime() - start) / estimateNanos);
        int full = (int) Math.round(part * WIDTH);
        err.print(ERASE + "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + Math.round(100 * part) + " %  "
                + what);
        err.flush();
    }
}
