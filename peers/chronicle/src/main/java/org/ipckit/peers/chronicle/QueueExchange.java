package org.ipckit.peers.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.transport.MessageHandler;

/** An end over a queue to append to and one to read. */
final class QueueExchange implements Exchange {

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int LOOKS = 1 << 16;
    private static final int DRAINED_AT_ONCE = 256;

    private final ChronicleQueue out;
    private final ChronicleQueue in;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private Object wrapped;
    private Bytes<ByteBuffer> sent;
    private ByteBuffer received = ByteBuffer.allocateDirect(0);

    QueueExchange(Path out, Path in) {
        this.out = ChronicleQueue.single(out.toString());
        this.in = ChronicleQueue.single(in.toString());
        this.appender = this.out.createAppender();
        this.tailer = this.in.createTailer();
    }

    @Override
    public void send(ByteBuffer message) {
        if (message != wrapped) {
            // A duplicate, for Chronicle changes the order of bytes of what it wraps.
            sent = Bytes.wrapForRead(message.duplicate());
            wrapped = message;
        }
        try (DocumentContext document = appender.writingDocument()) {
            document.wire().bytes().write(sent, (long) message.position(), message.remaining());
        }
    }

    @Override
    public void receive(MessageHandler handler) throws IOException {
        await(handler);
    }

    @Override
    public void drain(MessageHandler handler) throws IOException {
        await(handler);
        for (int more = 1; more < DRAINED_AT_ONCE && next(handler); more++) {
            // each is handed over by next
        }
    }

    private void await(MessageHandler handler) throws IOException {
        long start = System.nanoTime();
        do {
            for (int look = 0; look < LOOKS; look++) {
                if (next(handler)) {
                    return;
                }
            }
        } while (System.nanoTime() - start < SILENCE.toNanos());
        throw new IOException("a message: nothing for " + SILENCE.toSeconds() + " s");
    }

    private boolean next(MessageHandler handler) {
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return false;
            }
            Bytes<?> bytes = document.wire().bytes();
            int size = (int) bytes.readRemaining();
            if (received.capacity() < size) {
                received = ByteBuffer.allocateDirect(size);
            }
            bytes.read(received.clear().limit(size));
            handler.onMessage(received.flip().order(ByteOrder.BIG_ENDIAN));
            return true;
        }
    }

    @Override
    public void close() {
        try (in;
                out;
                tailer;
                appender) {
            // closed in the opposite order
        }
    }
}
