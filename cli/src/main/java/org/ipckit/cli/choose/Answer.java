package org.ipckit.cli.choose;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.ipckit.benchmarks.report.MeasuredCosts;
import org.ipckit.transport.TransportRegistry;

/**
 * What is said to who wants to choose. The components' names are those of the JSON form.
 *
 * @param needs what was asked for
 * @param measured where the costs are from; null without results
 * @param ranked what fits, the best first
 * @param rankedBy in words
 * @param refused what does not fit, with the reasons
 * @param program to begin with, for the first of the ranked; empty if nothing fits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
        Needs needs,
        Measured measured,
        List<Candidate> ranked,
        String rankedBy,
        List<Candidate> refused,
        List<String> program) {

    /** Where and when the costs were measured. */
    public record Measured(String file, String date, String machine, boolean thisMachine, int sizeBytes) {}

    public Answer {
        ranked = List.copyOf(ranked);
        refused = List.copyOf(refused);
        program = List.copyOf(program);
    }

    /**
     * Chooses.
     *
     * @param file the name of the results' file
     */
    public static Answer of(Needs needs, TransportRegistry registry, Optional<MeasuredCosts> costs, String file) {
        Choice choice = Choice.of(needs, registry, row -> costs.flatMap(all -> all.of(row)));
        return new Answer(
                needs,
                costs.map(all -> new Measured(file, all.date(), all.machine(), all.ofThisMachine(), all.sizeBytes()))
                        .orElse(null),
                choice.ranked(),
                rankedBy(needs, choice),
                choice.refused(),
                choice.ranked().isEmpty()
                        ? List.of()
                        : Program.lines(needs.topic(), choice.ranked().get(0).uri()));
    }

    private static String rankedBy(Needs needs, Choice choice) {
        if (!choice.byMeasurement()) {
            return "the simplest first, for not all of them are measured here";
        }
        return needs.cpu() == Needs.Cpu.SCARCE
                ? "the least processor time for a message first, as measured"
                : "the shortest round trip first, as measured";
    }
}
