package org.ipckit.pipes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client calls the pair of FIFOs it has made, and how it tells the listener: one line of {@link #REQUEST_BYTES},
 * which the system writes as a whole. It begins with the end of a line, so that whatever stands before it does no harm.
 *
 * @param text 32 hexadecimal digits; never anything that could be a path
 */
record Token(String text) {

    private static final String WORD = "ipckit-pipe/1 ";
    private static final int BYTES = 16;

    /** The length of every request. */
    static final int REQUEST_BYTES = 1 + WORD.length() + 2 * BYTES + 1;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");
    private static final Pattern REQUEST = Pattern.compile("\n" + Pattern.quote(WORD) + "(" + FORM + ")\n");
    private static final Pattern FILE = Pattern.compile(FORM + "\\.(?:up|down)");
    private static final SecureRandom RANDOM = new SecureRandom();

    Token {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a token");
        }
    }

    static Token random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Token(HexFormat.of().formatHex(bytes));
    }

    /** Returns the token of a request, or null if the bytes are not one. */
    static Token ofRequest(ByteBuffer request) {
        Matcher matcher = REQUEST.matcher(StandardCharsets.ISO_8859_1.decode(request));
        return matcher.matches() ? new Token(matcher.group(1)) : null;
    }

    ByteBuffer request() {
        return ByteBuffer.wrap(("\n" + WORD + text + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The name of the FIFO that the client writes to. */
    String up() {
        return text + ".up";
    }

    /** The name of the FIFO that the client reads from. */
    String down() {
        return text + ".down";
    }

    /** Returns whether a file of this name is one of a pair. */
    static boolean names(String file) {
        return FILE.matcher(file).matches();
    }
}
