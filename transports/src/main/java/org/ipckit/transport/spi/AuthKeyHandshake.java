package org.ipckit.transport.spi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.MechanismException;

/**
 * Proves to each side that the other has the key, as Python's {@code multiprocessing.connection} does: each sends a
 * challenge of random bytes, the other returns its HMAC, and hears whether it was right. The listener challenges first.
 *
 * <p>Our challenge always names SHA-256, as Python 3.12 does, and is answered with {@code {sha256}} and its HMAC. A
 * challenge is answered in the form it was made. Where the key is {@link AuthKey#withMd5} the answer may also be the bare
 * HMAC-MD5 of Python up to 3.11, which does not read the name, and its challenges are answered. Every HMAC covers the
 * whole challenge, the name included, so that a name cannot be exchanged on the way.
 */
final class AuthKeyHandshake implements Handshake {

    private static final byte[] CHALLENGE = "#CHALLENGE#".getBytes(US_ASCII);
    private static final byte[] WELCOME = "#WELCOME#".getBytes(US_ASCII);
    private static final byte[] FAILURE = "#FAILURE#".getBytes(US_ASCII);
    private static final int RANDOM_BYTES = 40;
    private static final int MD5_CHALLENGE_BYTES = 20;
    private static final int MD5_BYTES = 16;

    /** Python's limit for what it reads before it knows the other side. */
    private static final int MOST_BYTES = 256;

    private static final Map<String, String> MACS = Map.of(
            "md5", "HmacMD5",
            "sha256", "HmacSHA256",
            "sha384", "HmacSHA384",
            "sha3_256", "HmacSHA3-256",
            "sha3_384", "HmacSHA3-384");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What happens next; the listener begins with CHALLENGING, the client with ANSWERING. */
    private enum Step {
        CHALLENGING,
        CHECKING,
        ANSWERING,
        HEARING,
        DONE
    }

    private final Address address;
    private final AuthKey key;
    private final boolean listener;
    private final HandshakeFrames frames;
    private byte[] challenge;
    private String refusal;
    private Step step;

    private AuthKeyHandshake(Address address, ByteStream stream, AuthKey key, boolean listener) {
        this.address = address;
        this.frames = new HandshakeFrames(address, stream, MOST_BYTES);
        this.key = key;
        this.listener = listener;
        this.step = listener ? Step.CHALLENGING : Step.ANSWERING;
    }

    static Handshake ofListener(Address address, ByteStream stream, AuthKey key) {
        return new AuthKeyHandshake(address, stream, key, true);
    }

    static Handshake ofClient(Address address, ByteStream stream, AuthKey key) {
        return new AuthKeyHandshake(address, stream, key, false);
    }

    @Override
    public boolean wantsToWrite() {
        return frames.wantsToWrite();
    }

    @Override
    public boolean advance() throws IOException {
        while (frames.flushed()) {
            if (refusal != null) {
                throw new AccessDeniedException(address + ": " + refusal);
            }
            if (step == Step.DONE) {
                return true;
            }
            byte[] frame = step == Step.CHALLENGING ? null : frames.next();
            if (step != Step.CHALLENGING && frame == null) {
                return false;
            }
            take(frame);
        }
        return false;
    }

    private void take(byte[] frame) {
        switch (step) {
            case CHALLENGING -> {
                challenge = newChallenge();
                frames.send(concat(CHALLENGE, challenge));
                step = Step.CHECKING;
            }
            case CHECKING -> {
                refusal = refusalOf(frame);
                frames.send(refusal == null ? WELCOME : FAILURE);
                step = listener ? Step.ANSWERING : Step.DONE;
            }
            case ANSWERING -> {
                frames.send(answer(frame));
                step = Step.HEARING;
            }
            case HEARING -> {
                if (!Arrays.equals(frame, WELCOME)) {
                    throw new AccessDeniedException(address + ": the peer does not accept our key");
                }
                step = listener ? Step.DONE : Step.CHALLENGING;
            }
            case DONE -> throw new IllegalStateException("the handshake is finished");
        }
    }

    private static byte[] newChallenge() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return concat("{sha256}".getBytes(US_ASCII), random);
    }

    /** Returns why the answer is not taken, null if it is right. */
    private String refusalOf(byte[] answer) {
        boolean md5 = answer.length == MD5_BYTES;
        if (md5 && !key.takesMd5()) {
            return "the peer answers in MD5, as Python up to 3.11 does; PythonListener and PythonClient take that";
        }
        byte[] expected = md5 ? mac("md5", challenge) : concat("{sha256}".getBytes(US_ASCII), mac("sha256", challenge));
        return MessageDigest.isEqual(expected, answer) ? null : "the peer does not have our key";
    }

    private byte[] answer(byte[] frame) {
        if (frame.length <= CHALLENGE.length || !Arrays.equals(CHALLENGE, Arrays.copyOf(frame, CHALLENGE.length))) {
            throw new CorruptMessageException(address + ": expected an authkey challenge, got something else;"
                    + " does the peer use authkey-file too?");
        }
        byte[] asked = Arrays.copyOfRange(frame, CHALLENGE.length, frame.length);
        boolean legacy = asked.length == MD5_CHALLENGE_BYTES;
        String name = legacy ? "md5" : digestName(asked);
        if (name.equals("md5") && !key.takesMd5()) {
            throw new AccessDeniedException(address + ": the peer asks for an answer in MD5, as Python up to 3.11 does;"
                    + " PythonListener and PythonClient give that");
        }
        if (legacy) {
            return mac(name, asked);
        }
        if (!MACS.containsKey(name)) {
            throw new CorruptMessageException(
                    address + ": the peer's challenge names no digest that is known here: " + MACS.keySet());
        }
        return concat(("{" + name + "}").getBytes(US_ASCII), mac(name, asked));
    }

    private static String digestName(byte[] challenge) {
        String text = new String(challenge, US_ASCII);
        int close = text.indexOf('}');
        return text.startsWith("{") && close > 0 ? text.substring(1, close) : "";
    }

    private byte[] mac(String digest, byte[] message) {
        String algorithm = MACS.get(digest);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.bytes(), algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException refusedByProvider) {
            throw new MechanismException(
                    address + ": this JVM does not offer " + algorithm
                            + ", which the peer's form of the authkey handshake needs"
                            + " (Python up to 3.11 uses MD5, newer ones SHA-256): " + refusedByProvider.getMessage(),
                    refusedByProvider);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
