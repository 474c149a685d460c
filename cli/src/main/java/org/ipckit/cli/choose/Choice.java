package org.ipckit.cli.choose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ipckit.benchmarks.report.MeasuredCosts.Cost;
import org.ipckit.transport.Address;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.TransportRegistry;

/**
 * All transports of a registry, held against what is needed.
 *
 * @param ranked those that fit, the best first
 * @param refused the others
 * @param byMeasurement true if they are ranked by what they cost here; false if one of them is not measured, and what is
 *     simple comes first
 */
public record Choice(List<Candidate> ranked, List<Candidate> refused, boolean byMeasurement) {

    public Choice {
        ranked = List.copyOf(ranked);
        refused = List.copyOf(refused);
    }

    private record Judged(Candidate candidate, boolean laborious, int burden) {}

    /**
     * Chooses.
     *
     * @param costs of a row of the benchmark
     */
    public static Choice of(Needs needs, TransportRegistry registry, Function<String, Optional<Cost>> costs) {
        List<Judged> fitting = new ArrayList<>();
        List<Candidate> refused = new ArrayList<>();
        for (Mechanism mechanism : registry.mechanisms()) {
            List<Judged> judged = judged(needs, mechanism, costs);
            List<Judged> fit =
                    judged.stream().filter(each -> each.candidate().fits()).toList();
            fitting.addAll(fit);
            if (fit.isEmpty() && !judged.isEmpty()) {
                refused.add(judged.get(0).candidate());
            }
        }
        boolean measured = !fitting.isEmpty() && schemesMeasured(fitting);
        fitting.sort(order(needs, measured));
        return new Choice(firstOfEachScheme(fitting), refused, measured);
    }

    private static boolean schemesMeasured(List<Judged> fitting) {
        Set<String> measured = new HashSet<>();
        fitting.stream()
                .filter(each -> each.candidate().cost() != null)
                .forEach(each -> measured.add(each.candidate().scheme()));
        return fitting.stream()
                .allMatch(each -> measured.contains(each.candidate().scheme()));
    }

    private static Comparator<Judged> order(Needs needs, boolean measured) {
        // The work of another implementation weighs more than a microsecond.
        Comparator<Judged> easiest = Comparator.comparing(Judged::laborious);
        return (measured ? easiest.thenComparingDouble(each -> expense(needs, each.candidate())) : easiest)
                .thenComparingInt(Judged::burden);
    }

    private static double expense(Needs needs, Candidate candidate) {
        Cost cost = candidate.cost();
        if (cost == null) {
            return Double.MAX_VALUE;
        }
        return needs.cpu() == Needs.Cpu.SCARCE ? cost.cpuNanosPerMessage() : cost.roundTripNanos();
    }

    private static List<Candidate> firstOfEachScheme(List<Judged> sorted) {
        Set<String> seen = new HashSet<>();
        return sorted.stream()
                .map(Judged::candidate)
                .filter(candidate -> seen.add(candidate.scheme()))
                .toList();
    }

    private static List<Judged> judged(Needs needs, Mechanism mechanism, Function<String, Optional<Cost>> costs) {
        List<Judged> judged = new ArrayList<>();
        for (Address address : Beginnings.of(mechanism, needs)) {
            Judgement judgement = new Judgement(needs, mechanism, address, cost(address, costs));
            judged.add(new Judged(judgement.candidate(), judgement.laborious(), judgement.burden()));
        }
        return judged;
    }

    /** The rows of the benchmark are called by the scheme and the way to wait. */
    private static Optional<Cost> cost(Address address, Function<String, Optional<Cost>> costs) {
        String options = address.option(Beginnings.WAIT)
                .map(way -> "?" + Beginnings.WAIT + "=" + way)
                .orElse("");
        return costs.apply(address.scheme() + options);
    }
}
