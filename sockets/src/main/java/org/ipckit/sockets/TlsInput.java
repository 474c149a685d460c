package org.ipckit.sockets;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.ipckit.transport.spi.ByteStream;

/** The receiving half of TLS: takes records of any division off the stream and decrypts them. One thread uses it. */
final class TlsInput {

    private static final int RECORDS = 4;

    /** So many looks without a byte for the reader, and it is told that nothing is there now. */
    private static final int MOST_LOOKS = 64;

    private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);
    private static final byte ALERT = 0x15;
    private static final byte HANDSHAKE = 0x16;

    private final SSLEngine engine;
    private final ByteStream raw;
    private final TlsOutput output;

    /** What has come and is not decrypted stands between position and limit. */
    private final ByteBuffer encrypted;

    /** What is decrypted and had no room at the reader's; made by the first record that has none. */
    private ByteBuffer decrypted = ByteBuffer.allocate(0);

    private boolean begun;
    private boolean ended;
    private IOException failure;

    TlsInput(SSLEngine engine, ByteStream raw, TlsOutput output) {
        this.engine = engine;
        this.raw = raw;
        this.output = output;
        this.encrypted = ByteBuffer.allocateDirect(RECORDS * engine.getSession().getPacketBufferSize())
                .limit(0);
    }

    /** Reads as {@link ByteStream#read}; -1 only if the peer has said goodbye. */
    int read(ByteBuffer into) throws IOException {
        int begin = into.position();
        give(into);
        try {
            int looks = 0;
            while (into.hasRemaining() && failure == null && !ended && looks < MOST_LOOKS) {
                if (decrypt(into)) {
                    continue;
                }
                // Whoever has bytes is not kept for more: that would cost a system call for each message.
                if (ended || into.position() > begin || fill() == 0) {
                    break;
                }
                looks++;
            }
        } catch (IOException failed) {
            failure = failed;
        }
        int count = into.position() - begin;
        if (count == 0 && failure != null) {
            throw failure;
        }
        return count == 0 && ended ? -1 : count;
    }

    /** Decrypts one record, if a whole one is here. */
    private boolean decrypt(ByteBuffer into) throws IOException {
        if (!encrypted.hasRemaining()) {
            return false;
        }
        SSLEngineResult result = engine.unwrap(encrypted, into);
        switch (result.getStatus()) {
            case OK -> {
                afterwards(result.getHandshakeStatus());
                return result.bytesConsumed() > 0;
            }
            case BUFFER_OVERFLOW -> {
                // Said before the engine looks whether the whole record has come: if not, more has to be read.
                boolean came = decryptAside();
                give(into);
                return came;
            }
            case CLOSED -> {
                ended = true;
                return false;
            }
            default -> {
                return false;
            }
        }
    }

    private boolean decryptAside() throws IOException {
        int most = engine.getSession().getApplicationBufferSize();
        if (decrypted.capacity() < most) {
            decrypted = ByteBuffer.allocateDirect(most);
        }
        decrypted.clear();
        try {
            return decrypt(decrypted);
        } finally {
            decrypted.flip();
        }
    }

    private void give(ByteBuffer into) {
        int count = Math.min(decrypted.remaining(), into.remaining());
        if (count > 0) {
            into.put(into.position(), decrypted, decrypted.position(), count);
            into.position(into.position() + count);
            decrypted.position(decrypted.position() + count);
        }
    }

    /** What a record asks for beside being read. */
    private void afterwards(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return;
        }
        if (!"TLSv1.3".equals(engine.getSession().getProtocol())) {
            throw new SSLException("the peer wants to negotiate TLS again in the middle of it, which is refused");
        }
        runTasks();
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            output.answer();
        }
    }

    // ---------------------------------------------------------------- before it is established

    /** Takes the next thing of a handshake; returns false if it has not come. */
    boolean listen() throws IOException {
        // An engine may need to be called for what it has already, so the first call is not for new bytes.
        SSLEngineResult result = engine.unwrap(encrypted, NOWHERE);
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> fill() > 0;
            case CLOSED -> throw new EOFException("the peer has said goodbye during the TLS handshake");
            case BUFFER_OVERFLOW -> throw new SSLException("the peer sends messages during the TLS handshake");
        };
    }

    /** Looks for a first word behind the handshake; returns true when one has come, which a reader gets later. */
    boolean heard() throws IOException {
        do {
            if (decryptAside() || ended) {
                return true;
            }
        } while (fill() > 0);
        return false;
    }

    void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    /** Reads what is there; returns 0 if there is nothing now. */
    private int fill() throws IOException {
        int start = encrypted.position();
        int end = encrypted.limit();
        if (start == end || encrypted.capacity() - end < engine.getSession().getPacketBufferSize()) {
            encrypted.compact();
            start = 0;
            end = encrypted.position();
        }
        if (end == encrypted.capacity()) {
            throw new SSLException("a record of TLS of more than " + end + " bytes");
        }
        int count;
        try {
            count = raw.read(encrypted.clear().position(end));
        } finally {
            encrypted.limit(encrypted.position()).position(start);
        }
        if (count < 0) {
            throw new EOFException(
                    begun
                            ? "it ended without the goodbye of TLS: the peer is gone, or somebody cut the line"
                            : "the peer ended before it said anything");
        }
        if (!begun && count > 0) {
            requireTls(encrypted.get(encrypted.position()));
            begun = true;
        }
        return count;
    }

    private static void requireTls(byte first) throws SSLException {
        if (first != HANDSHAKE && first != ALERT) {
            throw new NotTlsException(String.format("the peer does not speak TLS: its first byte is 0x%02x", first));
        }
    }

    /** Takes off the stream what nobody will read: the kernel would report it to the peer as a reset. */
    void discard() throws IOException {
        int looks = 0;
        while (looks < MOST_LOOKS && raw.read(encrypted.clear()) > 0) {
            looks++;
        }
    }
}
