package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.spi.Handshake;

/**
 * What the listener waits for before messages flow. It has greeted the client; the client then opens the FIFO it writes
 * to and greets back. Until that has come, a FIFO without a writer is one whose writer is still to come; from then on it
 * is at its end.
 */
final class PipeGreeting implements Handshake {

    /** The greeting of either side. */
    static final byte GREETING = '+';

    private final FifoEnd in;
    private final FifoEnd out;
    private final FifoPair pair;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(1);
    private boolean greeted;

    private PipeGreeting(FifoEnd in, FifoEnd out, FifoPair pair) {
        this.in = in;
        this.out = out;
        this.pair = pair;
    }

    static Handshake ofListener(FifoEnd in, FifoEnd out, FifoPair pair) {
        return new PipeGreeting(in, out, pair);
    }

    /** Sends the greeting; there is room for one byte in a FIFO that was just made. */
    static void greet(FifoEnd out) throws IOException {
        if (out.write(ByteBuffer.wrap(new byte[] {GREETING})) != 1) {
            throw new IOException("there is no room for a greeting");
        }
    }

    @Override
    public boolean advance() throws IOException {
        if (!greeted) {
            greet(out);
            greeted = true;
        }
        if (hasAnswer(in, answer)) {
            pair.unlink();
            return true;
        }
        if (in.isAbandoned() || out.isAbandoned()) {
            throw new IOException("it went away before it was connected");
        }
        return false;
    }

    /** Returns true if the other side's greeting has come. */
    static boolean hasAnswer(FifoEnd in, ByteBuffer answer) throws IOException {
        if (in.read(answer.clear()) != 1) {
            return false;
        }
        if (answer.get(0) != GREETING) {
            throw new IOException("it does not greet as one of ours does");
        }
        return true;
    }
}
