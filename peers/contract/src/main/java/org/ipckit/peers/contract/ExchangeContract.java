package org.ipckit.peers.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.RowFolder;
import org.ipckit.transport.MessageHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two ends of every contender on the class path, each used by one thread, do what the two ends of a row do: round trips,
 * a message that is not answered, a stream that is answered once. A module's test extends this and adds nothing.
 */
@Timeout(120)
public abstract class ExchangeContract {

    /** Enough to come around in every ring and into the next file, term or window. */
    private static final int MESSAGES = 10_000;

    private static final int CONNECTIONS = 20;

    /** More than any socket takes at once. */
    private static final int LONG_BYTES = 1 << 20;

    private static final int LONGEST_SECONDS = 60;

    private final CyclicBarrier bothEnds = new CyclicBarrier(2);

    @TempDir
    private Path folder;

    @AfterEach
    void deleteWhatIsInMemory() {
        RowFolder.delete(folder);
    }

    static Iterable<Contender> contenders() {
        return ServiceLoader.load(Contender.class);
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void whatOneEndSendsTheOtherReadsInOrderAndAnswers(Contender contender) throws Exception {
        CompletableFuture<String> place = new CompletableFuture<>();
        CompletableFuture<Void> far =
                CompletableFuture.runAsync(() -> listen(contender, place, (entrance, only) -> answerAll(only)));
        try (Exchange near = contender.connect(place.get(LONGEST_SECONDS, TimeUnit.SECONDS), false)) {
            askAll(near);
        } catch (IOException lost) {
            if (far.isCompletedExceptionally()) {
                far.join(); // throws why the other end has gone, which says more than that it has
            }
            throw lost;
        }
        meet();
        far.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void whoConnectsAgainIsAnsweredBesideTheConnectionThatIsOpen(Contender contender) throws Exception {
        int connections = contender.meetsOnce().isEmpty() ? CONNECTIONS : 0;
        CompletableFuture<String> place = new CompletableFuture<>();
        CompletableFuture<Void> far = CompletableFuture.runAsync(() -> listen(contender, place, (entrance, first) -> {
            answer(first, 0);
            for (int i = 1; i <= connections; i++) {
                try (Exchange another = entrance.accept()) {
                    answer(another, i);
                }
            }
            answer(first, connections + 1);
        }));
        String where = place.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        try (Exchange first = contender.connect(where, false)) {
            ask(first, 0);
            for (int i = 1; i <= connections; i++) {
                try (Exchange another = contender.connect(where, false)) {
                    ask(another, i);
                }
            }
            ask(first, connections + 1);
        }
        meet();
        far.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void aLongMessageArrivesThoughItsSenderDoesNothingMore(Contender contender) throws Exception {
        int size = (int) Math.min(LONG_BYTES, contender.largestMessageBytes());
        CompletableFuture<String> place = new CompletableFuture<>();
        CompletableFuture<Void> far = CompletableFuture.runAsync(() -> listen(contender, place, (entrance, only) -> {
            answer(only, 0);
            only.receive(message -> assertEquals(size, message.remaining()));
            meet();
        }));
        try (Exchange near = contender.connect(place.get(LONGEST_SECONDS, TimeUnit.SECONDS), false)) {
            ask(near, 0);
            near.sendNow(ByteBuffer.allocateDirect(size));
            meet();
        }
        meet();
        far.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private static void ask(Exchange near, int number) throws IOException {
        near.sendNow(message(number));
        near.receive(answer -> check(answer, number));
    }

    private static void answer(Exchange far, int number) throws IOException {
        far.receive(message -> check(message, number));
        far.sendNow(message(number));
    }

    private void askAll(Exchange near) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            ask(near, i);
        }
        near.sendNow(message(MESSAGES));
        meet();
        for (int i = 0; i < MESSAGES; i++) {
            near.send(message(i));
        }
        near.sendNow(message(MESSAGES));
        near.receive(answer -> check(answer, MESSAGES));
    }

    private interface Answering {
        void run(Contender.Entrance entrance, Exchange accepted) throws Exception;
    }

    private void listen(Contender contender, CompletableFuture<String> place, Answering answering) {
        try (Contender.Entrance entrance = contender.listen(folder)) {
            place.complete(entrance.place());
            try (Exchange far = entrance.accept()) {
                answering.run(entrance, far);
                meet(); // what the entrance started, such as a driver, may not end before the other end has closed
            }
        } catch (Exception refused) {
            place.completeExceptionally(refused);
            throw new IllegalStateException(refused);
        }
    }

    private void answerAll(Exchange far) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            answer(far, i);
        }
        far.receive(message -> check(message, MESSAGES));
        meet();
        int[] counted = new int[1];
        MessageHandler count = message -> check(message, counted[0]++);
        while (counted[0] <= MESSAGES) {
            far.drain(count);
        }
        far.sendNow(message(MESSAGES));
    }

    /** As the command waits until both ends have ended a measurement. */
    private void meet() throws Exception {
        bothEnds.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Of another size each time, and never at the beginning of its buffer. */
    private static ByteBuffer message(int number) {
        int size = Integer.BYTES + number % 2000;
        ByteBuffer buffer = ByteBuffer.allocateDirect(size + 8).position(8);
        buffer.putInt(8, number);
        buffer.put(8 + size - 1, (byte) (size == Integer.BYTES ? number : 77));
        return buffer;
    }

    private static void check(ByteBuffer message, int number) {
        int size = Integer.BYTES + number % 2000;
        assertEquals(size, message.remaining());
        assertEquals(number, message.getInt(message.position()));
        assertTrue(size == Integer.BYTES || message.get(message.limit() - 1) == 77);
    }
}
