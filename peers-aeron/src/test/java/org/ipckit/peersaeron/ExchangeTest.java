package org.ipckit.peersaeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.transport.MessageHandler;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ExchangeTest {

    private static final int MESSAGES = 20_000;

    @TempDir
    private Path folder;

    static Iterable<Contender> contenders() {
        return ServiceLoader.load(Contender.class);
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void whatOneEndSendsTheOtherAnswersInOrder(Contender contender) throws Exception {
        try (Contender.Entrance entrance = contender.listen(folder)) {
            CompletableFuture<Void> far = CompletableFuture.runAsync(() -> answerAll(entrance));
            try (Exchange near = contender.connect(entrance.place(), false)) {
                for (int i = 0; i < MESSAGES; i++) {
                    int number = i;
                    near.send(message(i));
                    near.receive(answer -> check(answer, number));
                }
                for (int i = 0; i < MESSAGES; i++) {
                    near.send(message(i));
                }
                near.receive(answer -> check(answer, MESSAGES));
                far.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** Answers each of as many messages, then counts as many more. */
    private static void answerAll(Contender.Entrance entrance) {
        try (Exchange far = entrance.accept()) {
            for (int i = 0; i < MESSAGES; i++) {
                int number = i;
                far.receive(message -> check(message, number));
                far.send(message(i));
            }
            int[] counted = new int[1];
            MessageHandler count = message -> check(message, counted[0]++);
            while (counted[0] < MESSAGES) {
                far.drain(count);
            }
            far.send(message(MESSAGES));
        } catch (Exception refused) {
            throw new IllegalStateException(refused);
        }
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
