package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ipckit.transport.TransportException;

/**
 * Carries out the commands of one end, all on the thread that measures; {@link #close} may be called by another.
 *
 * <p>Commands: {@code listen}; {@code accept plain|batched}; {@code connect plain|batched PLACE}; {@code pin PROCESSOR};
 * {@code measure MEASUREMENT NANOS [NUMBER]}, where the number is the rate of an open loop or the run of a fan-out.
 */
final class EndSession implements AutoCloseable {

    private static final String BATCHED = "batched";

    private final End end;
    private final Contender contender;
    private final int sizeBytes;
    private final Path folder;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Contender.Entrance entrance;
    private String place;
    private Exchange plain;
    private Exchange batched;
    private Publisher publisher;
    private Subscriber subscriber;
    private boolean closed;

    EndSession(End end, Contender contender, int sizeBytes, Path folder) {
        this.end = end;
        this.contender = contender;
        this.sizeBytes = sizeBytes;
        this.folder = folder;
    }

    /** Carries out one command; a failure is an answer too. */
    Reply obey(String command) {
        String[] words = command.split(" ", 3);
        try {
            return switch (words[0]) {
                case "listen" -> {
                    entrance = keep(contender.listen(folder));
                    yield Reply.listening(end, entrance.place());
                }
                case "accept" -> {
                    use(words[1], keep(entrance.accept()));
                    yield Reply.done(end);
                }
                case "connect" -> {
                    place = words[2];
                    use(words[1], keep(contender.connect(place, words[1].equals(BATCHED))));
                    yield Reply.done(end);
                }
                case "pin" -> Reply.pinned(end, Pinning.pin(Integer.parseInt(words[1])));
                case "measure" -> Reply.measured(end, measure(words[1], words[2].split(" ", -1)));
                default -> Reply.failed(end, "unknown command '" + command + "'");
            };
        } catch (IOException | RuntimeException | LinkageError failure) {
            return Reply.failed(end, describe(failure));
        }
    }

    private void use(String kind, Exchange exchange) {
        if (kind.equals(BATCHED)) {
            batched = exchange;
        } else {
            plain = exchange;
            publisher = new Publisher(exchange, sizeBytes);
            subscriber = new Subscriber(exchange, sizeBytes);
        }
    }

    private Tally measure(String measurement, String[] numbers) throws IOException {
        return measure(
                Measurement.valueOf(measurement),
                Long.parseLong(numbers[0]),
                numbers.length > 1 ? Double.parseDouble(numbers[1]) : 0);
    }

    private Tally measure(Measurement measurement, long nanos, double parameter) throws IOException {
        Exchange exchange = measurement == Measurement.ONE_WAY_BATCHED ? batched : plain;
        return end == End.NEAR
                ? measureNear(measurement, exchange, nanos, parameter)
                : measureFar(measurement, exchange, nanos, parameter);
    }

    private Tally measureNear(Measurement measurement, Exchange exchange, long nanos, double parameter)
            throws IOException {
        return switch (measurement) {
            case ROUND_TRIP -> new NearEnd(exchange, sizeBytes).roundTrips(nanos);
            case ONE_WAY, ONE_WAY_BATCHED -> new NearEnd(exchange, sizeBytes).stream(nanos);
            case OPEN_LOOP -> new NearEnd(exchange, sizeBytes).openLoop(nanos, parameter);
            case IDLE -> new NearEnd(exchange, sizeBytes).idle(nanos / 2);
            case SET_UP -> new SetUp(End.NEAR, sizeBytes).connect(contender, place, nanos);
            case FAN_OUT -> publisher.publish(nanos, Math.round(parameter));
        };
    }

    private Tally measureFar(Measurement measurement, Exchange exchange, long nanos, double parameter)
            throws IOException {
        return switch (measurement) {
            case ROUND_TRIP, OPEN_LOOP -> new FarEnd(exchange, sizeBytes).answer();
            case ONE_WAY, ONE_WAY_BATCHED -> new FarEnd(exchange, sizeBytes).swallow();
            case IDLE -> new FarEnd(exchange, sizeBytes).idle(nanos / 2);
            case SET_UP -> new SetUp(End.FAR, sizeBytes).accept(entrance);
            case FAN_OUT -> subscriber.swallow(Math.round(parameter));
        };
    }

    private static String describe(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        String text = failure.getMessage();
        if (text == null) {
            return kind;
        }
        // What we throw ourselves is written to be read alone; a text like "Broken pipe" is not.
        boolean ours = failure instanceof WrongMessageException
                || failure instanceof TransportException
                || failure instanceof IllegalStateException;
        return ours ? text : kind + ": " + text;
    }

    private synchronized <T extends AutoCloseable> T keep(T resource) {
        if (closed) {
            // The end was told to stop while this was being opened: it must not stay behind.
            closeOne(resource);
        } else {
            opened.push(resource);
        }
        return resource;
    }

    /** Closes what was opened, the newest first, and wakes the measuring thread if it waits there. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!opened.isEmpty()) {
            closeOne(opened.pop());
        }
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception refused) {
            // The process ends next and the runner looks after the files: worth a line, not worth keeping on.
            System.err.println("closing " + resource.getClass().getSimpleName() + ": " + refused);
        }
    }
}
