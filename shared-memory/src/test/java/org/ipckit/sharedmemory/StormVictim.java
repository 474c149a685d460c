package org.ipckit.sharedmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.ipckit.transport.Address;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Waits;

/**
 * The process that the storm kills: sends numbered messages, or receives them, and says on a page of mapped memory where
 * it is. At one place, which it is told, it halts by itself; everywhere else it is killed.
 */
final class StormVictim {

    /** Where it is. */
    enum Place {
        /** Before the first message, or between two. */
        BETWEEN,
        /** In a call that has yet to take a message, or to give one. */
        CALLING,
        CLAIM_OPEN,
        WRITING,
        PUBLISHED,
        WAITING_FOR_ROOM,
        ASLEEP,
        HANDLING,
        IN_HANDSHAKE;

        /** Returns it as a number: both processes run the same class. */
        @SuppressWarnings("EnumOrdinal")
        int number() {
            return ordinal();
        }
    }

    /** On the page: the place, and how many messages are done. */
    static final int PLACE = 0;

    static final int DONE = 8;

    private static final int NEVER = -1;

    /** What a ring of 16 KiB takes in one record. */
    private static final int RECORD = Layout.longestRecord(16 << 10);

    private static final Duration SOON = Duration.ofSeconds(60);

    private final MappedMemory page;
    private final ByteBuffer said;
    private final Place haltPlace;
    private final int haltAt;

    private StormVictim(String page, String haltPlace, String haltAt) throws IOException {
        this.page = MappedMemory.open(Path.of(page));
        this.said = this.page.bytes().order(ByteOrder.nativeOrder());
        this.haltPlace = Place.valueOf(haltPlace);
        this.haltAt = Integer.parseInt(haltAt);
    }

    /**
     * Arguments: the address, "listen" or "connect", "send" or "receive", the page, where to halt and after how many
     * messages.
     */
    public static void main(String[] args) throws IOException {
        StormVictim victim = new StormVictim(args[3], args[4], args[5]);
        Address address = Address.parse(args[0]);
        SharedMemoryTransport transport = new SharedMemoryTransport();
        try (Listener listener = args[1].equals("listen") ? transport.listen(address) : null;
                Connection connection = listener == null
                        ? transport.connect(address, SOON)
                        : listener.accept(SOON).orElseThrow()) {
            if (args[2].equals("send")) {
                victim.send(connection, address);
            } else {
                victim.receive(connection);
            }
        }
    }

    private void send(Connection connection, Address address) throws IOException {
        for (int number = 0; ; number++) {
            int size = sizeOf(number);
            is(Place.CALLING, NEVER);
            if (number % 2 == 0) {
                claimAndSend(connection, number, size);
            } else {
                ByteBuffer message = ByteBuffer.allocate(size);
                fill(message, number);
                if (!connection.offer(message.flip(), Duration.ZERO)) {
                    is(Place.WAITING_FOR_ROOM, number);
                    connection.send(message);
                }
                if (size > RECORD) {
                    // Accepted is what has begun; what does not fit into the ring is still in this process.
                    is(Place.WAITING_FOR_ROOM, NEVER);
                    connection.flush();
                }
            }
            said.putLong(DONE, number + 1L);
            is(Place.PUBLISHED, number);
            if (haltPlace == Place.IN_HANDSHAKE && number == haltAt) {
                Stranger newcomer = new Stranger(Path.of(address.target()));
                Path segment = newcomer.isWelcome();
                if (number % 2 == 0) {
                    newcomer.maps(segment);
                }
                is(Place.IN_HANDSHAKE, number);
            }
            is(Place.BETWEEN, NEVER);
        }
    }

    private void claimAndSend(Connection connection, int number, int size) {
        Claim claim = connection.claim(size, Duration.ZERO);
        if (claim == null) {
            is(Place.WAITING_FOR_ROOM, number);
            claim = connection.claim(size, Waits.FOREVER);
        }
        is(Place.CLAIM_OPEN, number);
        ByteBuffer buffer = claim.buffer();
        fill(buffer.duplicate().limit(size), number);
        is(Place.WRITING, number);
        claim.commit(size);
    }

    private void receive(Connection connection) {
        int[] number = new int[1];
        while (true) {
            is(Place.CALLING, NEVER);
            int count = connection.poll(
                    message -> {
                        check(message, number[0]);
                        is(Place.HANDLING, number[0]);
                        number[0]++;
                        said.putLong(DONE, number[0]);
                    },
                    10);
            if (count == 0) {
                is(Place.ASLEEP, number[0]);
                connection.receive(SOON).ifPresent(message -> {
                    is(Place.HANDLING, NEVER);
                    check(message.asByteBuffer(), number[0]);
                    number[0]++;
                    said.putLong(DONE, number[0]);
                });
            }
        }
    }

    /** Says where it is, and halts if this is the place and the time. */
    private void is(Place place, int number) {
        said.putInt(PLACE, place.number());
        if (place == haltPlace && number >= haltAt && number != NEVER) {
            Runtime.getRuntime().halt(9);
        }
    }

    /** Of all sizes: mostly small, some as long as a record, some in fragments of a ring of 16 KiB. */
    static int sizeOf(int number) {
        int header = Long.BYTES + Integer.BYTES;
        return header
                + switch (number % 16) {
                    case 3 -> 1000 + number % 3000;
                    case 7 -> 0;
                    case 11 -> number % 64 == 11 ? 20_000 : 4076;
                    default -> number % 100;
                };
    }

    /** Fills the buffer with a number, a checksum, and bytes that follow from the number. */
    static void fill(ByteBuffer buffer, int number) {
        byte[] bytes = bytesOf(number, buffer.remaining() - Long.BYTES - Integer.BYTES);
        buffer.putLong(number).putInt(checksum(number, bytes)).put(bytes);
    }

    /** Fails unless this is the message with the number, every byte of it. */
    static void check(ByteBuffer message, int number) {
        int size = message.remaining() - Long.BYTES - Integer.BYTES;
        ByteBuffer view = message.duplicate();
        long found = view.getLong();
        int checksum = view.getInt();
        byte[] bytes = new byte[size];
        view.get(bytes);
        if (found != number
                || message.remaining() != sizeOf(number)
                || checksum != checksum(number, bytes)
                || !Arrays.equals(bytes, bytesOf(number, size))) {
            throw new AssertionError("expected message " + number + ", got " + found + " with " + message.remaining()
                    + " bytes and checksum " + checksum);
        }
    }

    private static byte[] bytesOf(int number, int count) {
        byte[] bytes = new byte[count];
        for (int index = 0; index < count; index++) {
            bytes[index] = (byte) (number * 31 + index * 7);
        }
        return bytes;
    }

    private static int checksum(int number, byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(number);
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
