package org.ipckit.cli.choose;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.report.MeasuredCosts.Cost;

/** The answer for a person. */
public final class AnswerText {

    private static final String INDENT = "     ";

    private final Answer answer;
    private final List<String> lines = new ArrayList<>();

    private AnswerText(Answer answer) {
        this.answer = answer;
    }

    /** Returns its lines. */
    public static List<String> lines(Answer answer) {
        AnswerText text = new AnswerText(answer);
        text.write();
        return text.lines;
    }

    private void write() {
        if (answer.ranked().isEmpty()) {
            lines.add("No transport here does all that.");
        } else {
            lines.add("What fits, " + answer.rankedBy() + ":");
        }
        for (int at = 0; at < answer.ranked().size(); at++) {
            lines.add("");
            fitting(at + 1, answer.ranked().get(at));
        }
        if (!answer.refused().isEmpty()) {
            lines.add("");
            lines.add("What does not:");
            answer.refused()
                    .forEach(candidate ->
                            lines.add("  " + candidate.scheme() + ": " + String.join("; ", candidate.refusals())));
        }
        lines.add("");
        lines.add(source());
        if (!answer.program().isEmpty()) {
            lines.add("");
            lines.add("To begin with " + answer.ranked().get(0).scheme() + ":");
            lines.add("");
            answer.program().forEach(line -> lines.add(line.isEmpty() ? line : "    " + line));
        }
    }

    private void fitting(int place, Candidate candidate) {
        lines.add(String.format("%2d.  %s   (%s)", place, candidate.uri(), candidate.mechanism()));
        if (candidate.cost() != null) {
            lines.add(INDENT + costs(candidate.cost()));
        }
        candidate.reasons().forEach(reason -> lines.add(INDENT + "+ " + reason));
        candidate.remarks().forEach(remark -> lines.add(INDENT + "- " + remark));
    }

    private static String costs(Cost cost) {
        return "round trip " + Judgement.number(cost.roundTripNanos() / 1e3) + " us, "
                + Judgement.number(cost.messagesPerSecond()) + " messages a second one way, "
                + Judgement.number(cost.cpuNanosPerMessage()) + " ns of processor time each";
    }

    private String source() {
        Answer.Measured measured = answer.measured();
        if (measured == null) {
            return "What they cost on this machine './ipckit bench' measures, in about a minute; then ask again.";
        }
        return "Costs of messages of " + measured.sizeBytes() + " bytes: " + measured.file() + " of " + measured.date()
                + (measured.thisMachine() ? "" : ", measured ON ANOTHER MACHINE: " + measured.machine())
                + "; './ipckit bench --size " + answer.needs().sizeBytes() + "' measures anew.";
    }
}
