package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Transport;

/** Obeys the commands of a test at its far side, each in a thread of its own. */
final class FarEndInterpreter {

    private final Transport transport;
    private final Consumer<String> answers;
    private final Map<String, AutoCloseable> open = new ConcurrentHashMap<>();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    /** @param answers takes a line; called by any thread, one at a time */
    FarEndInterpreter(Transport transport, Consumer<String> answers) {
        this.transport = transport;
        this.answers = answers;
    }

    /** Begins the command in this line. */
    void take(String line) {
        Thread thread = new Thread(() -> work(line), "far end " + line);
        thread.setDaemon(true);
        working.add(thread);
        thread.start();
    }

    private void work(String line) {
        String[] words = Line.words(line);
        int number = Integer.parseInt(words[0]);
        try {
            String answer = obey(number, Verb.valueOf(words[1]), words);
            // Whoever is answered may count threads.
            working.remove(Thread.currentThread());
            answer(number, Line.DONE, answer);
        } catch (Throwable failed) {
            working.remove(Thread.currentThread());
            answer(number, Line.FAILED, failed.toString());
        }
    }

    private void answer(int number, String kind, Object text) {
        String line = Line.of(number, kind, text);
        synchronized (answers) {
            answers.accept(line);
        }
    }

    private String obey(int number, Verb verb, String[] words) throws Exception {
        return switch (verb) {
            case LISTEN -> {
                Listener listener = transport.listen(Address.parse(words[3]));
                open.put(words[2], listener);
                yield listener.address().toUri();
            }
            case ACCEPT ->
                keep(
                        words[3],
                        ((Listener) open.get(words[2]))
                                .accept(patience())
                                .orElseThrow(() -> new AssertionError("nobody has connected")));
            case CONNECT ->
                keep(words[2], transport.connect(Address.parse(words[3]), Duration.ofMillis(Long.parseLong(words[4]))));
            case SEND -> {
                Traffic.send(connection(words), Payload.ofWords(words, 3), sent -> answer(number, Line.PROGRESS, sent));
                yield "";
            }
            case SEND_BY_CLAIM -> {
                Traffic.sendByClaim(connection(words), Payload.ofWords(words, 3));
                yield "";
            }
            case BURST -> String.valueOf(Traffic.fill(connection(words), Payload.ofWords(words, 3)));
            case RECEIVE -> {
                Tally tally = tally(words);
                while (!tally.isComplete()) {
                    tally.add(Traffic.next(connection(words)).asByteBuffer());
                    answer(number, Line.PROGRESS, tally.count());
                }
                yield "";
            }
            case POLL -> {
                Traffic.poll(connection(words), tally(words));
                yield "";
            }
            case DRAIN -> {
                Tally tally = tally(words);
                By by = Traffic.drain(connection(words), tally);
                tally.requireFirst(tally.count());
                yield tally.count() + " " + by;
            }
            case ECHO -> Traffic.echo(connection(words)).name();
            case SAY -> {
                connection(words).send(Message.utf8(words[3]));
                yield "";
            }
            case HEAR -> Traffic.next(connection(words)).toUtf8();
            case CLAIM -> {
                ByteBuffer claimed = connection(words)
                        .claim(Integer.parseInt(words[3]), patience())
                        .buffer();
                claimed.put(new byte[claimed.remaining()]);
                yield "";
            }
            case FLUSH -> {
                connection(words).flush();
                yield "";
            }
            case CLOSE -> {
                open.remove(words[2]).close();
                yield "";
            }
            case COUNT -> Usage.now().toWords();
            case RESET -> {
                reset();
                yield "";
            }
            case HALT -> {
                Runtime.getRuntime().halt(1);
                yield "";
            }
        };
    }

    private String keep(String name, Connection connection) {
        open.put(name, connection);
        return "";
    }

    private Connection connection(String[] words) {
        if (open.get(words[2]) instanceof Connection connection) {
            return connection;
        }
        throw new AssertionError("the far end has no connection '" + words[2] + "'");
    }

    private static Tally tally(String[] words) {
        return new Tally(Payload.ofWords(words, 3), Tally.Order.valueOf(words[7]));
    }

    /** Closes everything and ends every command. */
    void reset() throws Exception {
        Exception failure = null;
        for (String name : List.copyOf(open.keySet())) {
            try {
                open.remove(name).close();
            } catch (Exception refused) {
                failure = refused;
            }
        }
        for (Thread thread : working) {
            if (thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
        Eventually.eventually(() -> "commands to end: " + working, () -> working.stream()
                .allMatch(thread -> thread == Thread.currentThread()));
        if (failure != null) {
            throw new IOException("what a test left open cannot be closed", failure);
        }
    }
}
