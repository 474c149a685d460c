package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Transports;
import org.ipckit.transport.Typed;
import org.junit.jupiter.api.Test;

/**
 * Holds a codec to its contract: write the two methods, and every promise of {@link Codec} is a test.
 *
 * <p>Strangers' bytes are made of the values' own, by cutting and changing them, and by chance, always the same ones.
 */
public abstract class CodecContract<T> {

    private static final int LARGEST = 1 << 20;
    private static final int ROUNDS = 1000;
    private static final byte OUTSIDE = 0x55;

    /** Returns the codec. */
    protected abstract Codec<T> codec();

    /** Returns values to send: small and large ones, at least two, each different from the one before. */
    protected abstract List<T> values();

    /** Returns whether the second value is what has to come of the first. */
    protected boolean isSame(T sent, T received) {
        return sent.equals(received);
    }

    @Test
    void everyValueComesBack() {
        for (T value : values()) {
            assertSame(value, codec().decode(ByteBuffer.wrap(encoded(value))));
        }
    }

    @Test
    void theSameValueIsTheSameBytes() {
        for (T value : values()) {
            assertArrayEquals(encoded(value), encoded(value));
        }
    }

    @Test
    void encodeWritesFromThePositionOnAndReturnsHowMuch() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            for (ByteBuffer buffer : writable(bytes.length + 20)) {
                for (int at = 0; at < buffer.capacity(); at++) {
                    buffer.put(at, OUTSIDE);
                }
                buffer.position(7).limit(buffer.capacity() - 3);

                assertEquals(bytes.length, codec().encode(value, buffer));

                assertEquals(7 + bytes.length, buffer.position());
                assertEquals(buffer.capacity() - 3, buffer.limit());
                byte[] all = new byte[buffer.capacity()];
                buffer.duplicate().clear().get(0, all);
                assertArrayEquals(bytes, Arrays.copyOfRange(all, 7, 7 + bytes.length));
                for (int at = 0; at < all.length; at++) {
                    boolean inside = at >= 7 && at < all.length - 3;
                    assertTrue(inside || all[at] == OUTSIDE, "byte " + at + " was written");
                }
            }
        }
    }

    @Test
    void encodeFitsExactly() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            for (ByteBuffer buffer : writable(bytes.length)) {
                assertEquals(bytes.length, codec().encode(value, buffer));
                assertFalse(buffer.hasRemaining());
            }
        }
    }

    @Test
    void encodeOverflowsOneByteShortAndLeavesThePosition() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            for (int size : new int[] {0, bytes.length / 2, bytes.length - 1}) {
                if (size < 0 || size >= bytes.length) {
                    continue;
                }
                for (ByteBuffer buffer : writable(size + 2)) {
                    buffer.position(2);
                    assertThrows(BufferOverflowException.class, () -> codec().encode(value, buffer));
                    assertEquals(2, buffer.position());
                    assertEquals(buffer.capacity(), buffer.limit());
                }
            }
        }
    }

    @Test
    void neitherDirectionMindsOrChangesTheOrderOfABuffer() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            ByteBuffer buffer = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);

            codec().encode(value, buffer);

            assertArrayEquals(bytes, buffer.array());
            assertSame(value, codec().decode(buffer.flip()));
            assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
        }
    }

    @Test
    void decodeReadsAnyKindOfBufferAndDoesNotConsumeIt() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            for (ByteBuffer buffer : writable(bytes.length + 20)) {
                buffer.position(9).put(bytes).position(9).limit(9 + bytes.length);
                for (ByteBuffer readable : List.of(buffer, buffer.asReadOnlyBuffer(), buffer.slice())) {
                    int position = readable.position();
                    int limit = readable.limit();

                    assertSame(value, codec().decode(readable));

                    assertEquals(position, readable.position());
                    assertEquals(limit, readable.limit());
                }
            }
        }
    }

    @Test
    void aDecodedValueSharesNoMemoryWithTheBuffer() {
        for (T value : values()) {
            byte[] bytes = encoded(value);

            T decoded = codec().decode(ByteBuffer.wrap(bytes));
            Arrays.fill(bytes, OUTSIDE);

            assertSame(value, decoded);
        }
    }

    @Test
    void nullIsNoValue() {
        assertThrows(NullPointerException.class, () -> codec().encode(null, ByteBuffer.allocate(LARGEST)));
    }

    @Test
    void moreThanAValueIsRefused() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
            System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);

            assertThrows(CodecException.class, () -> codec().decode(ByteBuffer.wrap(twice)));
        }
    }

    @Test
    void aValueThatIsCutOffIsAValueOrRefused() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            int step = Math.max(1, bytes.length / ROUNDS);
            for (int size = 0; size < bytes.length; size += step) {
                valueOrRefusal(Arrays.copyOf(bytes, size));
            }
        }
    }

    @Test
    void aValueWithOtherBytesInItIsAValueOrRefused() {
        Random random = new Random(4711);
        List<byte[]> encoded = values().stream().map(this::encoded).toList();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = encoded.get(round % encoded.size()).clone();
            for (int changes = random.nextInt(4); changes >= 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            valueOrRefusal(bytes);
        }
    }

    @Test
    void bytesByChanceAreAValueOrRefused() {
        Random random = new Random(815);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            valueOrRefusal(bytes);
        }
    }

    @Test
    void oneByteRepeatedIsAValueOrRefused() {
        for (int b = 0; b < 256; b++) {
            byte[] bytes = new byte[20_000]; // deep, where the byte begins a list
            Arrays.fill(bytes, (byte) b);
            valueOrRefusal(bytes);
        }
    }

    @Test
    void aCallThatFailedHasNoConsequence() {
        for (T value : values()) {
            byte[] bytes = encoded(value);
            valueOrRefusal(Arrays.copyOf(bytes, bytes.length / 2));
            assertThrows(
                    BufferOverflowException.class, () -> codec().encode(value, ByteBuffer.allocate(bytes.length - 1)));

            assertArrayEquals(bytes, encoded(value));
            assertSame(value, codec().decode(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void threadsShareACodec() throws Exception {
        Codec<T> codec = codec();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                tasks.add(() -> {
                    ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
                    for (int round = 0; round < 50; round++) {
                        for (T value : values()) {
                            codec.encode(value, buffer.clear());
                            assertSame(value, codec.decode(buffer.flip()));
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                assertTrue(task.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void valuesGoThroughAConnection() {
        String address = "inproc://codec-" + System.identityHashCode(this);
        try (Listener listener = Transports.listen(address);
                Typed<T> sender = Typed.over(Transports.connect(address), codec());
                Connection accepted = listener.accept();
                Typed<T> receiver = Typed.over(accepted, codec())) {
            for (T value : values()) {
                sender.send(value);
                assertSame(value, receiver.receive());
                receiver.send(value);
                List<T> polled = new ArrayList<>();
                assertEquals(1, sender.poll(polled::add, 1));
                assertSame(value, polled.get(0));
            }
        }
    }

    private byte[] encoded(T value) {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
        int count = codec().encode(value, buffer);
        return Arrays.copyOf(buffer.array(), count);
    }

    private static List<ByteBuffer> writable(int size) {
        ByteBuffer within = ByteBuffer.allocate(size + 30).position(11).limit(11 + size);
        return Stream.of(ByteBuffer.allocate(size), ByteBuffer.allocateDirect(size), within.slice())
                .toList();
    }

    private void valueOrRefusal(byte[] bytes) {
        T value;
        try {
            value = codec().decode(ByteBuffer.wrap(bytes));
        } catch (CodecException refused) {
            assertNotNull(refused.getMessage());
            assertTrue(refused.getMessage().getBytes(UTF_8).length < 2000, refused.getMessage());
            return;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError other) {
            String shown = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 100));
            fail("decode threw no CodecException for " + bytes.length + " bytes 0x" + shown, other);
            return;
        }
        assertNotNull(value);
    }

    private void assertSame(T sent, T received) {
        assertTrue(isSame(sent, received), () -> "sent " + sent + ", received " + received);
    }
}
