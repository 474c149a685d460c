package org.ipckit.sockets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.ipckit.transport.spi.ByteStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of TLS: encrypts into a buffer of its own and moves that on. A reader that has to answer the peer
 * comes here beside the writer; nothing waits inside the lock.
 */
final class TlsOutput {

    /** A large message leaves with one system call for so many records of 16 KiB. */
    private static final int RECORDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(TlsOutput.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final SSLEngine engine;
    private final ByteStream raw;
    private final ReentrantLock lock = new ReentrantLock();

    /** What is encrypted and has not gone stands between sent and end. */
    private final ByteBuffer encrypted;

    private int sent;
    private int end;
    private boolean goodbye;

    /** The engine has something to say that is not a message: a change of keys. */
    private volatile boolean owes;

    TlsOutput(SSLEngine engine, ByteStream raw) {
        this.engine = engine;
        this.raw = raw;
        this.encrypted = ByteBuffer.allocateDirect(RECORDS * engine.getSession().getPacketBufferSize());
    }

    /** Encrypts what there is room for; 0 while what was encrypted before has not gone. */
    int write(ByteBuffer from) throws IOException {
        int begin = from.position();
        lock.lock();
        try {
            if (!moveOn()) {
                return 0;
            }
            boolean room = true;
            while (room && from.hasRemaining()) {
                room = wrap(from);
            }
            sayOwed();
            moveOn();
            return from.position() - begin;
        } finally {
            lock.unlock();
        }
    }

    /** Moves on what is encrypted; returns true when nothing is left. */
    boolean flush() throws IOException {
        lock.lock();
        try {
            sayOwed();
            return moveOn();
        } finally {
            lock.unlock();
        }
    }

    /** Says the next thing of a handshake. */
    void speak() throws IOException {
        lock.lock();
        try {
            wrap(NOTHING);
        } finally {
            lock.unlock();
        }
    }

    /** Told by the reader that the peer is owed an answer. It goes now, or before the next message if there is no room. */
    void answer() {
        owes = true;
        try {
            flush();
        } catch (IOException gone) {
            // The writer meets the same failure; what the peer has said before can still be read.
            LOG.debug("answering the peer's change of keys", gone);
        }
    }

    private void sayOwed() throws IOException {
        while (owes && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            if (!wrap(NOTHING)) {
                return;
            }
        }
        owes = false;
    }

    /** Says why it ends, where the engine has an alert for it, then goodbye; returns true when nothing is left. */
    boolean sayGoodbye() throws IOException {
        lock.lock();
        try {
            if (!moveOn()) {
                return false;
            }
            if (!goodbye) {
                goodbye = true;
                engine.closeOutbound();
            }
            int before = -1;
            while (!engine.isOutboundDone() && end > before) {
                before = end;
                encrypted.clear().position(end);
                engine.wrap(NOTHING, encrypted);
                end = encrypted.position();
            }
            return moveOn();
        } finally {
            lock.unlock();
        }
    }

    /** Makes one record; returns false if there is no room for one. */
    private boolean wrap(ByteBuffer from) throws IOException {
        encrypted.clear().position(end);
        SSLEngineResult result = engine.wrap(from, encrypted);
        end = encrypted.position();
        if (result.getStatus() == Status.CLOSED) {
            throw new IOException("TLS has ended on this side or by the peer's goodbye");
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            if (end == 0) {
                throw new SSLException("a record of TLS does not fit into " + encrypted.capacity() + " bytes");
            }
            return false;
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            owes = true;
        }
        return true;
    }

    private boolean moveOn() throws IOException {
        if (end == 0) {
            return true;
        }
        encrypted.limit(end).position(sent);
        try {
            while (encrypted.hasRemaining()) {
                if (raw.write(encrypted) == 0) {
                    return false;
                }
            }
        } finally {
            sent = encrypted.position();
        }
        sent = 0;
        end = 0;
        return raw.flush();
    }
}
