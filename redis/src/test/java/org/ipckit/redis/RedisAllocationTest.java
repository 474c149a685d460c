package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.testkit.Allocation;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MessageHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What both ends allocate for a message: little, where the contract of others is nothing. */
@Timeout(120)
class RedisAllocationTest {

    private static final int WARM_UP = 2000;
    private static final int MESSAGES = 2000;
    private static final int MOST_BYTES = 700;

    private long sum;
    private final MessageHandler adding = message -> sum += message.getLong(0);

    @Test
    void aMessageOf64BytesAllocatesAFewHundred() {
        RedisTransport redis = new RedisTransport();
        Address address = ContractServer.SERVER.address("allocation");
        try (Listener listener = redis.listen(address);
                Connection from = redis.connect(address, patience());
                Connection to = listener.accept(patience()).orElseThrow()) {
            ByteBuffer message = ByteBuffer.allocateDirect(64).putLong(0, 1);
            move(WARM_UP, message, from, to);

            long bytes = Allocation.bytesOf(() -> move(MESSAGES, message, from, to));

            assertTrue(bytes < (long) MESSAGES * MOST_BYTES, "a message allocates " + bytes / MESSAGES + " bytes");
        }
    }

    private void move(int count, ByteBuffer message, Connection from, Connection to) {
        for (int i = 0; i < count; i++) {
            long before = sum;
            assertTrue(from.offer(message, Duration.ZERO));
            while (sum == before) {
                to.poll(adding, 10);
            }
        }
    }
}
