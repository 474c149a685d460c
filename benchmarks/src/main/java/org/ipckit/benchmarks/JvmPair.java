package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The row of a contender: a JVM for each end, or one for both where they have to share it. */
final class JvmPair implements Participant {

    /** Runs before each measurement, not measured: caches and clocks have cooled while others had their turn. */
    static final Duration REHEARSAL = Duration.ofMillis(30);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** An idle end costs so little that less time would not show it; a longer one would be taken for silence. */
    private static final Duration SHORTEST_IDLE = Duration.ofMillis(400);

    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

    private final Row row;
    private final Contender contender;
    private final Work work;
    private final Processors processors;
    private final Duration patience;
    private final Set<String> remarks = new LinkedHashSet<>();
    private final Jvms jvms;
    private RemoteEnd near;
    private RemoteEnd far;
    private double rate;

    JvmPair(Row row, Contender contender, Work work, Processors processors) {
        this(row, contender, work, processors, PATIENCE);
    }

    JvmPair(Row row, Contender contender, Work work, Processors processors, Duration patience) {
        this.row = row;
        this.contender = contender;
        this.jvms = new Jvms(contender, row.sizeBytes());
        this.work = work;
        this.processors = processors;
        this.patience = patience;
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public List<String> remarks() {
        return new ArrayList<>(remarks);
    }

    @Override
    public List<String> flags() {
        return contender.jvmFlags();
    }

    @Override
    public Set<Measurement> start() throws RowFailedException, InterruptedException {
        startProcesses();
        far.tell("listen");
        String place = far.await(patience).place();
        connect("plain", place);
        Set<Measurement> measurements = EnumSet.copyOf(contender.measurements());
        measurements.retainAll(work.measurements());
        if (work.measurements().contains(Measurement.SET_UP)) {
            contender.meetsOnce().ifPresent(reason -> remarks.add("no set-up: " + reason));
        }
        if (measurements.contains(Measurement.ONE_WAY_BATCHED)) {
            connect("batched", place);
        }
        for (Measurement measurement : measurements) {
            warmUp(measurement);
        }
        // Only now: a compiler thread that is born on a pinned thread's processor stays there and falls behind.
        if (processors.pinned()) {
            pin(near, processors.near());
            pin(far, processors.far());
        }
        if (measurements.contains(Measurement.OPEN_LOOP)) {
            // Of all rounds the same, so that they can be compared.
            rate = work.openLoopRate(run(Measurement.ROUND_TRIP, Work.RATED));
        }
        return measurements;
    }

    private void warmUp(Measurement measurement) throws RowFailedException, InterruptedException {
        if (measurement != Measurement.IDLE) {
            Figure figure = run(measurement, work.warmUp());
            if (measurement == Measurement.ROUND_TRIP) {
                rate = work.openLoopRate(warmUpFurther(figure));
            }
        }
    }

    /** Goes on as long as that makes round trips faster; returns the last figure. */
    private Figure warmUpFurther(Figure first) throws RowFailedException, InterruptedException {
        WarmUp warmUp = new WarmUp(first);
        Figure last = first;
        while (warmUp.goesOn()) {
            last = run(Measurement.ROUND_TRIP, work.furtherWarmUp());
            warmUp.ran(last);
        }
        return last;
    }

    private void startProcesses() throws RowFailedException {
        if (contender.oneProcess()) {
            JvmProcess both = jvms.start(End.NEAR, End.FAR);
            near = new RemoteEnd(End.NEAR, both);
            far = new RemoteEnd(End.FAR, both);
            both.listen();
        } else {
            far = jvms.startEnd(End.FAR);
            near = jvms.startEnd(End.NEAR);
        }
    }

    private void connect(String kind, String place) throws RowFailedException, InterruptedException {
        // Both are told before either is asked: there are mechanisms where each end waits for the other here.
        near.tell("connect " + kind + " " + place);
        far.tell("accept " + kind);
        awaitBoth(patience);
    }

    private void pin(RemoteEnd end, int processor) throws RowFailedException, InterruptedException {
        end.tell("pin " + processor);
        Reply reply = end.await(patience);
        if (reply.remark() != null) {
            remarks.add("not pinned: " + reply.remark());
        }
    }

    @Override
    public Figure measure(Measurement measurement, Duration duration) throws RowFailedException, InterruptedException {
        if (measurement == Measurement.IDLE) {
            return run(measurement, idle(duration));
        }
        run(measurement, REHEARSAL.compareTo(duration) < 0 ? REHEARSAL : duration);
        return run(measurement, duration);
    }

    /** Returns how long an idle pair is looked at where other measurements take so long. */
    static Duration idle(Duration duration) {
        if (duration.compareTo(SHORTEST_IDLE) < 0) {
            return SHORTEST_IDLE;
        }
        return duration.compareTo(LONGEST_IDLE) > 0 ? LONGEST_IDLE : duration;
    }

    private Figure run(Measurement measurement, Duration duration) throws RowFailedException, InterruptedException {
        String command = "measure " + measurement.name() + " " + duration.toNanos() + " " + rate;
        far.tell(command);
        near.tell(command);
        Tally[] tallies = awaitBoth(patience.plus(duration.multipliedBy(2)));
        return measurement == Measurement.IDLE
                ? Figure.ofIdle(tallies[0], tallies[1])
                : Figure.of(measurement, tallies[0], tallies[1], contender.oneProcess());
    }

    private Tally[] awaitBoth(Duration longest) throws RowFailedException, InterruptedException {
        Tally nearTally;
        try {
            nearTally = near.await(longest, far).tally();
        } catch (RowFailedException nearFailed) {
            // What the far end failed with is the cause more often than what the near end then saw.
            String cause = far.failure();
            throw cause.isEmpty() || nearFailed.getMessage().contains(cause)
                    ? nearFailed
                    : new RowFailedException(nearFailed.getMessage() + "; the far end: " + cause);
        }
        return new Tally[] {nearTally, far.await(longest).tally()};
    }

    @Override
    public void dismiss() {
        jvms.dismiss();
    }

    @Override
    public void close() {
        jvms.close();
    }
}
