package org.ipckit.transport.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;

/**
 * The greeting of a lease: the client says hello, the listener answers, or refuses with a sentence. The first byte of the
 * answer says which.
 */
final class LeaseHandshake implements Handshake {

    /** The most bytes of a hello, and of an answer. */
    static final int MOST_BYTES = 256;

    private static final byte WELCOME = 1;
    private static final byte REFUSED = 0;

    private enum Step {
        GREETING,
        ANSWERING,
        HEARING,
        DONE
    }

    private final Address address;
    private final LeaseStream stream;
    private final HandshakeFrames frames;
    private final LeaseListener.Host host;
    private final Message hello;
    private TransportException refusal;
    private Message answer = Message.of();
    private Step step;

    private LeaseHandshake(Address address, LeaseStream stream, LeaseListener.Host host, Message hello, Step first) {
        this.address = address;
        this.stream = stream;
        // An answer has one byte more, which says what it is.
        this.frames = new HandshakeFrames(address, stream, host == null ? 1 + MOST_BYTES : MOST_BYTES);
        this.host = host;
        this.hello = hello;
        this.step = first;
    }

    static LeaseHandshake ofListener(Address address, LeaseStream stream, LeaseListener.Host host) {
        return new LeaseHandshake(address, stream, host, Message.of(), Step.ANSWERING);
    }

    static LeaseHandshake ofClient(Address address, LeaseStream stream, Message hello) {
        return new LeaseHandshake(address, stream, null, requireShort(address, hello), Step.GREETING);
    }

    private static Message requireShort(Address address, Message text) {
        if (text.size() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    address + ": a greeting of " + text.size() + " bytes, at most " + MOST_BYTES + " are taken");
        }
        return text;
    }

    /** Returns what the listener has answered. */
    Message answer() {
        return answer;
    }

    @Override
    public boolean wantsToWrite() {
        return frames.wantsToWrite();
    }

    @Override
    public boolean advance() throws IOException {
        while (frames.flushed()) {
            if (refusal != null) {
                throw refusal;
            }
            switch (step) {
                case GREETING -> {
                    frames.send(hello.toByteArray());
                    step = Step.HEARING;
                }
                case ANSWERING -> {
                    byte[] heard = frames.next();
                    if (heard == null) {
                        return false;
                    }
                    frames.send(answerTo(Message.of(heard)));
                    step = Step.DONE;
                }
                case HEARING -> {
                    byte[] heard = frames.next();
                    if (heard == null) {
                        return false;
                    }
                    hear(heard);
                    step = Step.DONE;
                }
                case DONE -> {
                    return true;
                }
            }
        }
        return false;
    }

    private byte[] answerTo(Message newcomer) throws IOException {
        try {
            LeaseListener.Welcome welcome = host.welcome(newcomer);
            stream.prepared(welcome);
            return frame(WELCOME, requireShort(address, welcome.answer()).toByteArray());
        } catch (TransportException refused) {
            refusal = refused;
            byte[] sentence = String.valueOf(refused.getMessage()).getBytes(UTF_8);
            return frame(REFUSED, Arrays.copyOf(sentence, Math.min(sentence.length, MOST_BYTES)));
        }
    }

    private static byte[] frame(byte kind, byte[] text) {
        byte[] frame = new byte[1 + text.length];
        frame[0] = kind;
        System.arraycopy(text, 0, frame, 1, text.length);
        return frame;
    }

    private void hear(byte[] frame) {
        byte[] text = Arrays.copyOfRange(frame, Math.min(1, frame.length), frame.length);
        if (frame.length == 0 || (frame[0] != WELCOME && frame[0] != REFUSED)) {
            throw new CorruptMessageException(
                    "connect to " + address + ": expected an answer, got " + Message.of(frame));
        }
        if (frame[0] == REFUSED) {
            throw new AccessDeniedException(
                    "connect to " + address + ": the listener refuses: " + new String(text, UTF_8));
        }
        answer = Message.of(text);
    }
}
