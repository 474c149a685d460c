package org.ipckit.codecs;

import java.io.OutputStream;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.ipckit.transport.CodecException;

/** A stream into a buffer, which remembers why it refused: libraries wrap what a stream throws. */
final class BufferOutput extends OutputStream {

    private final ByteBuffer buffer;
    private final int start;
    private final int maxBytes;
    private RuntimeException refusal;

    BufferOutput(ByteBuffer buffer, int maxBytes) {
        this.buffer = buffer;
        this.start = buffer.position();
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(int b) {
        admit(1);
        buffer.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        admit(length);
        buffer.put(bytes, offset, length);
    }

    private void admit(int count) {
        if (refusal != null) {
            throw refusal;
        }
        if (count > maxBytes - (buffer.position() - start)) {
            refusal = new CodecException("more than " + maxBytes + " bytes, which is this codec's limit");
            throw refusal;
        }
        if (count > buffer.remaining()) {
            refusal = new BufferOverflowException();
            throw refusal;
        }
    }

    /** Returns what a write has thrown, null if all went well. */
    RuntimeException refusal() {
        return refusal;
    }
}
