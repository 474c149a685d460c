package org.ipckit.peers.aeron;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;
import org.ipckit.benchmarks.RowFolder;

/** Two rings of Agrona in one mapped file. */
public abstract class RingContender implements PeerContender {

    private static final int RING = RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH;

    private final String name;
    private final Function<AtomicBuffer, RingBuffer> kind;

    RingContender(String name, Function<AtomicBuffer, RingBuffer> kind) {
        this.name = name;
        this.kind = kind;
    }

    /** The ring for one writer, which is what a connection needs. */
    public static final class OneToOne extends RingContender {
        public OneToOne() {
            super("peer-agrona", OneToOneRingBuffer::new);
        }
    }

    /** The ring that many writers may share. */
    public static final class ManyToOne extends RingContender {
        public ManyToOne() {
            super("peer-agrona-many", ManyToOneRingBuffer::new);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long largestMessageBytes() {
        return kind.apply(new UnsafeBuffer(ByteBuffer.allocateDirect(RING))).maxMsgLength();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        Path file = RowFolder.inMemory(folder, name);
        MappedByteBuffer mapped = map(file, StandardOpenOption.CREATE_NEW);
        return Entrance.at(
                file.toString(),
                () -> new RingExchange(ring(mapped, 1), ring(mapped, 0)),
                () -> Files.deleteIfExists(file));
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        Path file = Path.of(place);
        MappedByteBuffer mapped = map(file, StandardOpenOption.WRITE);
        // Nobody else needs its name.
        Files.delete(file);
        return new RingExchange(ring(mapped, 0), ring(mapped, 1));
    }

    private static MappedByteBuffer map(Path file, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(file, how, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * RING).load();
        }
    }

    private RingBuffer ring(MappedByteBuffer mapped, int which) {
        return kind.apply(new UnsafeBuffer(mapped, which * RING, RING));
    }
}
