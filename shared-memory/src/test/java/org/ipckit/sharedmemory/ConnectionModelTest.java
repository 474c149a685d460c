package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.ipckit.transport.Address;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;

/**
 * Two ends of a connection beside a queue: whole messages and fragments, claims that are committed in part or aborted,
 * rings that are full, one thread that never waits.
 */
class ConnectionModelTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int STEPS = 400;

    /** Of rings of 4 KiB: most within a record, some in fragments, some longer than the ring. */
    private static final int[] LONGEST = {10, 100, 1016, 1017, 3000, 9000};

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void aConnectionIsAQueueOfBoundedSize(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("model");
        Address address = Address.parse("shm://" + folder.resolve("m") + "?capacity=4KiB&dir=" + folder);
        SharedMemoryTransport transport = new SharedMemoryTransport();
        try (Listener listener = transport.listen(address);
                Connection near = transport.connect(address, SOON);
                Connection far = listener.accept(SOON).orElseThrow()) {
            new History(near, far, new Random(seed)).happen();
        }
        Files.delete(folder);
    }

    /** What happens to one connection. */
    private static final class History {

        private final Connection near;
        private final Connection far;
        private final Random random;
        private final Deque<byte[]> model = new ArrayDeque<>();

        History(Connection near, Connection far, Random random) {
            this.near = near;
            this.far = far;
            this.random = random;
        }

        void happen() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> offer();
                    case 2 -> commit();
                    case 3 -> abort();
                    case 4 -> far.receive(Duration.ZERO).ifPresent(message -> requireNext(message.asByteBuffer()));
                    default -> far.poll(this::requireNext, 1 + random.nextInt(3));
                }
            }
            while (!model.isEmpty()) {
                // What has begun goes on with any call of its sender.
                abort();
                far.poll(this::requireNext, 1);
            }
            assertEquals(0, far.poll(this::requireNext, 1));
        }

        private void offer() {
            byte[] message = bytes(size());
            if (near.offer(ByteBuffer.wrap(message), Duration.ZERO)) {
                model.add(message);
            }
        }

        private void commit() {
            int claimed = size();
            try (Claim claim = near.claim(claimed, Duration.ZERO)) {
                if (claim != null) {
                    byte[] written = bytes(claimed);
                    claim.buffer().put(written);
                    int committed = random.nextInt(claimed + 1);
                    claim.commit(committed);
                    model.add(Arrays.copyOf(written, committed));
                }
            }
        }

        private void abort() {
            int claimed = size();
            try (Claim claim = near.claim(claimed, Duration.ZERO)) {
                if (claim != null) {
                    claim.buffer().put(bytes(claimed));
                }
            }
        }

        private void requireNext(ByteBuffer message) {
            byte[] received = new byte[message.remaining()];
            message.get(received);
            assertArrayEquals(model.poll(), received);
        }

        private int size() {
            return random.nextInt(LONGEST[random.nextInt(LONGEST.length)] + 1);
        }

        private byte[] bytes(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
