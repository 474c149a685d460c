package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The row of a topic: a JVM that publishes and one for each subscriber. None is pinned: there are more of them than
 * processors, and a server besides.
 */
final class FanOut implements Participant {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A message that ends a run may be lost as any other; so often it is published again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Row row;
    private final TopicContender contender;
    private final Duration warmUp;
    private final Jvms jvms;
    private final List<RemoteEnd> subscribers = new ArrayList<>();
    private RemoteEnd publisher;
    private long run;

    FanOut(Row row, TopicContender contender, Duration warmUp) {
        this.row = row;
        this.contender = contender;
        this.warmUp = warmUp;
        this.jvms = new Jvms(contender, row.sizeBytes());
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public Set<Measurement> start() throws RowFailedException, InterruptedException {
        publisher = jvms.startEnd(End.NEAR);
        for (int i = 0; i < contender.subscribers(); i++) {
            subscribers.add(jvms.startEnd(End.FAR));
        }
        publisher.tell("listen");
        String place = publisher.await(PATIENCE).place();
        publisher.tell("accept plain");
        publisher.await(PATIENCE);
        for (RemoteEnd subscriber : subscribers) {
            subscriber.tell("connect plain " + place);
            subscriber.await(PATIENCE);
        }
        run(warmUp);
        return contender.measurements();
    }

    @Override
    public Figure measure(Measurement measurement, Duration duration) throws RowFailedException, InterruptedException {
        return run(duration);
    }

    private Figure run(Duration duration) throws RowFailedException, InterruptedException {
        run++;
        for (RemoteEnd subscriber : subscribers) {
            subscriber.tell(command(duration));
        }
        Tally published = publish(duration);
        List<Tally> received = new ArrayList<>();
        for (RemoteEnd subscriber : subscribers) {
            received.add(await(subscriber));
        }
        return Figure.ofFanOut(published, received);
    }

    private Tally publish(Duration duration) throws RowFailedException, InterruptedException {
        publisher.tell(command(duration));
        return publisher
                .await(PATIENCE.plus(duration.multipliedBy(2)), subscribers.get(0))
                .tally();
    }

    private Tally await(RemoteEnd subscriber) throws RowFailedException, InterruptedException {
        long start = System.nanoTime();
        do {
            Optional<Reply> reply = subscriber.poll(AGAIN);
            if (reply.isPresent()) {
                return reply.get().tally();
            }
            publish(Duration.ZERO);
        } while (System.nanoTime() - start < PATIENCE.toNanos());
        return subscriber.await(AGAIN).tally();
    }

    private String command(Duration duration) {
        return "measure " + Measurement.FAN_OUT.name() + " " + duration.toNanos() + " " + run;
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public List<String> flags() {
        return contender.jvmFlags();
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
