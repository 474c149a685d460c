package org.ipckit.chronicle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** Appends messages to a queue. One thread at a time uses it. */
final class QueueWriter implements Closeable {

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final DiskRoom room;
    private byte[] copied = {};

    QueueWriter(SingleChronicleQueue queue) {
        this.queue = queue;
        this.appender = queue.createAppender();
        this.appender.singleThreadedCheckDisabled(true);
        this.room = new DiskRoom(queue.file().toPath());
    }

    /**
     * Appends the bytes between position and limit as one message; the buffer is read, not consumed. A reader sees all of
     * it or nothing.
     *
     * @return where in its file the message ends
     * @throws IOException if the disk is full, or the queue was damaged; then nothing was appended
     */
    long append(ByteBuffer message) throws IOException {
        // An interrupt would end some step in the middle of it.
        boolean interrupted = Thread.interrupted();
        try {
            room.requireForCycle(queue.cycle());
            return write(message);
        } catch (RuntimeException refused) {
            throw new IOException("nothing can be written to " + queue.file() + ": " + refused.getMessage(), refused);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long write(ByteBuffer message) throws IOException {
        try (DocumentContext document = appender.writingDocument()) {
            boolean written = false;
            try {
                Bytes<?> bytes = document.wire().bytes();
                room.take(appender.currentFile(), appender.cycle(), bytes.writePosition(), message.remaining());
                write(bytes, message);
                if (Padding.isAll(message)) {
                    bytes.writeByte(Padding.BYTE);
                }
                written = true;
                return bytes.writePosition();
            } finally {
                if (!written) {
                    document.rollbackOnClose();
                }
            }
        }
    }

    private void write(Bytes<?> bytes, ByteBuffer message) {
        int size = message.remaining();
        if (message.hasArray()) {
            bytes.write(message.array(), message.arrayOffset() + message.position(), size);
        } else if (message.isDirect()) {
            long position = bytes.writePosition();
            bytes.write(position, message, message.position(), size);
            bytes.writePosition(position + size);
        } else {
            // Read-only on the heap: Chronicle would take it byte for byte.
            if (copied.length < size) {
                copied = new byte[size];
            }
            message.get(message.position(), copied, 0, size);
            bytes.write(copied, 0, size);
        }
    }

    @Override
    public void close() {
        appender.close();
    }
}
