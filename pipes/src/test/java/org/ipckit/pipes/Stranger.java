package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.testkit.Eventually;
import org.ipckit.transport.Waits;

/** Goes through the steps of a client, each on demand: it may stop after any of them, or say what it likes. */
final class Stranger implements WritableByteChannel {

    private final Path address;
    private final Token token = Token.random();
    private final FifoPair pair;
    private FifoEnd in;
    private FifoEnd out;

    /** Makes its pair and nothing more. */
    Stranger(Path address) throws IOException {
        this.address = address;
        this.pair = new PairFolder(address).newPair(token);
    }

    /** Opens the FIFO it reads from. */
    Stranger listens() throws IOException {
        in = FifoEnd.toRead(pair.toClient(), FifoEnd.Links.REFUSED);
        return this;
    }

    /** Asks for a connection. */
    Stranger asks() {
        write(address, token.request());
        return this;
    }

    /** Waits for the listener's greeting. */
    Stranger isGreeted() {
        ByteBuffer greeting = ByteBuffer.allocateDirect(1);
        Eventually.eventually("a greeting", () -> {
            try {
                return PipeGreeting.hasAnswer(in, greeting);
            } catch (IOException refused) {
                throw new AssertionError(refused);
            }
        });
        return this;
    }

    /** Opens the FIFO it writes to. */
    Stranger opens() throws IOException {
        out = FifoEnd.toWrite(pair.toListener(), FifoEnd.Links.REFUSED);
        return this;
    }

    /** Greets back, and is a client like any other. */
    Stranger greets() throws IOException {
        PipeGreeting.greet(out);
        return this;
    }

    FifoPair pair() {
        return pair;
    }

    /** Writes something to a FIFO, as a whole. */
    static void write(Path fifo, ByteBuffer words) {
        try (PipeWriter writer = NamedPipe.at(fifo).openToWrite(Duration.ofSeconds(20))) {
            writer.write(words, Waits.FOREVER);
        }
    }

    @Override
    public int write(ByteBuffer words) throws IOException {
        return out.write(words);
    }

    @Override
    public boolean isOpen() {
        return out.channel().isOpen();
    }

    /** Dies: its descriptors are closed, its files stay. */
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        if (in != null) {
            in.close();
        }
    }
}
