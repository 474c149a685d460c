package org.ipckit.benchmarks;

import java.io.PrintWriter;

/** Progress for a log: a line for what takes seconds, nothing that needs a terminal. */
final class ProgressLines implements Progress {

    private final PrintWriter err;
    private final int rounds;
    private int shownRound;

    ProgressLines(PrintWriter err, int rounds) {
        this.err = err;
        this.rounds = rounds;
    }

    @Override
    public void starting(Row row) {
        shownRound = 0; // the rounds of the next section begin again
        say("starting " + row.label());
    }

    @Override
    public void failed(Row row, String reason) {
        say(row.label() + ": " + reason);
    }

    @Override
    public void measuring(int round, Row row, Measurement measurement) {
        if (round != shownRound) {
            shownRound = round;
            say("round " + round + " of " + rounds);
        }
    }

    @Override
    public void ended() {
        say("done");
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
