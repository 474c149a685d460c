package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The row of a contender: a JVM for each end, or one for both where they have to share it. */
final class JvmPair implements Participant {

    /** Runs before each measurement, not measured: caches and clocks have cooled while others had their turn. */
    static final Duration REHEARSAL = Duration.ofMillis(30);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Row row;
    private final Contender contender;
    private final int sizeBytes;
    private final Duration warmUp;
    private final Processors processors;
    private final Duration patience;
    private final Set<String> remarks = new LinkedHashSet<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private RemoteEnd near;
    private RemoteEnd far;
    private boolean closed;

    JvmPair(Row row, Contender contender, int sizeBytes, Duration warmUp, Processors processors) {
        this(row, contender, sizeBytes, warmUp, processors, PATIENCE);
    }

    JvmPair(Row row, Contender contender, int sizeBytes, Duration warmUp, Processors processors, Duration patience) {
        this.row = row;
        this.contender = contender;
        this.sizeBytes = sizeBytes;
        this.warmUp = warmUp;
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
        Set<Measurement> measurements = EnumSet.of(Measurement.ROUND_TRIP, Measurement.ONE_WAY);
        if (contender.batches()) {
            connect("batched", place);
            measurements.add(Measurement.ONE_WAY_BATCHED);
        }
        for (Measurement measurement : measurements) {
            run(measurement, warmUp);
        }
        // Only now: a compiler thread that is born on a pinned thread's processor stays there and falls behind.
        if (processors.pinned()) {
            pin(near, processors.near());
            pin(far, processors.far());
        }
        return measurements;
    }

    private void startProcesses() throws RowFailedException {
        Path folder = keep(createFolder(), RowFolder::delete);
        if (contender.oneProcess()) {
            JvmProcess both =
                    keep(JvmProcess.start(contender, sizeBytes, folder, End.NEAR, End.FAR), JvmProcess::close);
            near = new RemoteEnd(End.NEAR, both);
            far = new RemoteEnd(End.FAR, both);
            both.listen();
        } else {
            JvmProcess farProcess = keep(JvmProcess.start(contender, sizeBytes, folder, End.FAR), JvmProcess::close);
            JvmProcess nearProcess = keep(JvmProcess.start(contender, sizeBytes, folder, End.NEAR), JvmProcess::close);
            keep(farProcess, JvmProcess::dismiss);
            far = new RemoteEnd(End.FAR, farProcess);
            near = new RemoteEnd(End.NEAR, nearProcess);
            farProcess.listen();
            nearProcess.listen();
        }
    }

    private static Path createFolder() throws RowFailedException {
        try {
            return RowFolder.create();
        } catch (IOException refused) {
            throw new RowFailedException("its folder cannot be made: " + refused.getMessage());
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
        run(measurement, REHEARSAL.compareTo(duration) < 0 ? REHEARSAL : duration);
        return run(measurement, duration);
    }

    private Figure run(Measurement measurement, Duration duration) throws RowFailedException, InterruptedException {
        String command = "measure " + measurement.name() + " " + duration.toNanos();
        far.tell(command);
        near.tell(command);
        Tally[] tallies = awaitBoth(patience.plus(duration.multipliedBy(2)));
        return Figure.of(measurement, tallies[0], tallies[1], contender.oneProcess());
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

    private synchronized <T> T keep(T made, Consumer<T> end) {
        if (closed) {
            end.accept(made);
        } else {
            undo.push(() -> end.accept(made));
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
