package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A row of the run to come.
 *
 * @param contender what runs; empty for a mechanism of the program in C
 * @param pairs how many times its processes are started, each of which takes part in every round
 */
record PlannedRow(Row row, Optional<Contender> contender, Work work, int pairs) {

    /** Until the two JVMs of a row have started, touched their heaps and met. */
    private static final Duration JVM_START = Duration.ofSeconds(2);

    /** Returns why it is not even tried; empty if it is. */
    Optional<String> unavailable() {
        return contender.flatMap(found -> row.sizeBytes() > found.largestMessageBytes()
                ? Optional.of("a message has at most " + found.largestMessageBytes() + " bytes")
                : found.unavailable());
    }

    /** Returns what takes its turn in every round; nothing is started yet. */
    List<Participant> participants(Processors processors, Callable<LimitsProgram> program) {
        List<Participant> all = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            all.add(participant(processors, program));
        }
        return all;
    }

    private Participant participant(Processors processors, Callable<LimitsProgram> program) {
        if (contender.isEmpty()) {
            return new LimitRun(row, work, processors, program);
        }
        return contender.get() instanceof TopicContender topic
                ? new FanOut(row, topic, work.warmUp())
                : new JvmPair(row, contender.get(), work, processors);
    }

    /** Returns about how long it takes. */
    Duration estimate(BenchmarkSettings.Timing timing) {
        if (contender.isEmpty()) {
            int measurements = LimitRun.measurements(row.mechanism(), work);
            return timing.perMeasurement().plus(LimitRun.WARM_UP).multipliedBy((long) timing.rounds() * measurements);
        }
        if (unavailable().isPresent()) {
            return Duration.ZERO;
        }
        Set<Measurement> measured = EnumSet.copyOf(contender.get().measurements());
        measured.retainAll(work.measurements());
        Duration all = JVM_START;
        for (Measurement measurement : measured) {
            Duration each =
                    switch (measurement) {
                        case IDLE -> JvmPair.idle(timing.perMeasurement());
                        case ROUND_TRIP ->
                            timing.perMeasurement()
                                    .plus(JvmPair.REHEARSAL)
                                    .plus(timing.perMeasurement().dividedBy(4));
                        default -> timing.perMeasurement().plus(JvmPair.REHEARSAL);
                    };
            all = all.plus(work.warmUp()).plus(each.multipliedBy(timing.rounds()));
            if (measurement == Measurement.ROUND_TRIP) {
                all = all.plus(work.furtherWarmUp().multipliedBy(WarmUp.IN_VAIN));
            }
        }
        return all.multipliedBy(pairs);
    }
}
