package org.ipckit.demos.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ipckit.codecs.JsonCodec;
import org.ipckit.transport.Address;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.Transports;
import org.ipckit.transport.Typed;
import org.ipckit.transport.spi.Daemons;

/**
 * Stands between three programs: takes the measurements of sensors, has them calculated by the processing, and answers the
 * questions of pages. Each has an address in one folder, and comes and goes as it likes.
 */
final class Station implements AutoCloseable {

    private static final Codec<Measurement> MEASUREMENTS = JsonCodec.of(Measurement.class);
    private static final Codec<Question> QUESTIONS = JsonCodec.of(Question.class);
    private static final Codec<Object> ANSWERS = JsonCodec.of(Object.class);

    private final Measurements measurements = new Measurements();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Talk talk;
    private final Consumer<String> complaints;
    private final Processing processing;
    private final List<Listener> listeners;

    /** Listens; the programs can come when this returns. */
    Station(Path folder, Talk talk, Consumer<String> complaints) {
        this.complaints = complaints;
        this.talk = talk;
        this.processing = new Processing(Address.parse("shm://" + processing(folder)), talk);
        this.listeners =
                List.of(serve(sensors(folder), this::takeMeasurements), serve(pages(folder), this::answerQuestions));
    }

    /** Returns where sensors connect, by {@code uds://}. */
    static Path sensors(Path folder) {
        return folder.resolve("sensors");
    }

    /** Returns where the processing connects, by {@code shm://}. */
    static Path processing(Path folder) {
        return folder.resolve("processing");
    }

    /** Returns where pages connect, by {@code uds://}. */
    static Path pages(Path folder) {
        return folder.resolve("pages");
    }

    /** Gives each connection a thread of its own; what it does wrong ends that connection and nothing else. */
    private Listener serve(Path file, Consumer<Connection> service) {
        Listener listener = Transports.listen("uds://" + file);
        daemon(file + " listener", () -> {
            while (true) {
                Connection connection = listener.accept();
                connections.add(connection);
                daemon(file + " connection", () -> {
                    try (connection) {
                        service.accept(connection);
                    } finally {
                        connections.remove(connection);
                    }
                });
            }
        });
        return listener;
    }

    private void daemon(String name, Runnable work) {
        Daemons.thread(name, () -> {
                    try {
                        work.run();
                    } catch (ConnectionClosedException closed) {
                        if (closed.by() == By.LOSS) {
                            complaints.accept("station: " + closed.getMessage());
                        }
                    } catch (TransportException | CodecException | IllegalArgumentException wrong) {
                        complaints.accept("station: " + wrong.getMessage());
                    }
                })
                .start();
    }

    private void takeMeasurements(Connection sensor) {
        Typed<Measurement> values = Typed.over(sensor, MEASUREMENTS);
        while (true) {
            Measurement measurement = values.receive();
            measurements.add(measurement);
            talk.said("sensors.py -> station (uds)", measurement);
        }
    }

    private void answerQuestions(Connection page) {
        Typed<Question> questions = Typed.over(page, QUESTIONS);
        Typed<Object> answers = Typed.over(page, ANSWERS);
        while (true) {
            Question question = questions.receive();
            Object answer = answer(question);
            answers.send(answer);
            talk.said("page <-> station (uds)", question + ", " + answer);
        }
    }

    /** Returns an {@link Answer}, or why there is none. */
    private Object answer(Question question) {
        List<Measurement> last = measurements.last(question.sensor(), question.last());
        if (last.isEmpty()) {
            return Map.of("error", "there is no measurement of " + question.sensor() + " yet");
        }
        try {
            double[] values = last.stream().mapToDouble(Measurement::value).toArray();
            return Answer.of(measurements.sensors(), last, processing.of(values));
        } catch (TransportException gone) {
            return Map.of("error", gone.getMessage());
        }
    }

    @Override
    public void close() {
        listeners.forEach(Listener::close);
        connections.forEach(Connection::close);
        processing.close();
    }
}
