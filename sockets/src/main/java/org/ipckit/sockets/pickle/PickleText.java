package org.ipckit.sockets.pickle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as pickles have it. Halves of surrogate pairs, which a str and a String may both contain, go through. */
final class PickleText {

    private static final Pattern UNICODE_ESCAPE =
            Pattern.compile("\\\\\\\\|\\\\u(\\p{XDigit}{4})|\\\\U(\\p{XDigit}{8})|\\\\[uU]");
    private static final Pattern STRING_ESCAPE = Pattern.compile("\\\\(?:x(\\p{XDigit}{2})|(.)|$)", Pattern.DOTALL);

    private PickleText() {}

    /** Returns UTF-8 in which a half pair has three bytes, as Python's {@code surrogatepass} writes it. */
    static byte[] utf8(String text) {
        if (!hasHalfPair(text)) {
            return text.getBytes(UTF_8);
        }
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(3, text.length()));
        text.codePoints().forEach(character -> {
            if (isHalf(character)) {
                out.put((byte) 0xed)
                        .put((byte) (0x80 | (character >> 6 & 0x3f)))
                        .put((byte) (0x80 | (character & 0x3f)));
            } else {
                out.put(Character.toString(character).getBytes(UTF_8));
            }
        });
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static boolean hasHalfPair(String text) {
        // Most text has no surrogate at all, and is then looked through without a code point being made.
        return text.chars().anyMatch(PickleText::isHalf) && text.codePoints().anyMatch(PickleText::isHalf);
    }

    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    /** Reads what {@link #utf8} writes. */
    static String ofUtf8(byte[] bytes) throws CharacterCodingException {
        StringBuilder text = null;
        int done = 0;
        for (int at = 0; at + 2 < bytes.length; at++) {
            if (bytes[at] == (byte) 0xed && (bytes[at + 1] & 0xe0) == 0xa0 && (bytes[at + 2] & 0xc0) == 0x80) {
                text = text == null ? new StringBuilder(bytes.length) : text;
                text.append(strict(bytes, done, at));
                text.append((char) (0xd000 | (bytes[at + 1] & 0x3f) << 6 | (bytes[at + 2] & 0x3f)));
                at += 2;
                done = at + 1;
            }
        }
        String rest = strict(bytes, done, bytes.length);
        return text == null ? rest : text.append(rest).toString();
    }

    private static String strict(byte[] bytes, int from, int to) throws CharacterCodingException {
        return UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, to - from))
                .toString();
    }

    /**
     * Reads the line of protocol 0, {@code raw-unicode-escape}.
     *
     * @throws IllegalArgumentException if an escape is not whole
     */
    static String ofEscapedUnicode(String line) {
        Matcher escape = UNICODE_ESCAPE.matcher(line);
        return escape.replaceAll(found -> {
            String digits = found.group(1) != null ? found.group(1) : found.group(2);
            if (digits == null && found.group().length() == 2 && found.group().charAt(1) != '\\') {
                throw new IllegalArgumentException("an escape is not whole");
            }
            return Matcher.quoteReplacement(
                    digits == null ? found.group() : Character.toString(Integer.parseUnsignedInt(digits, 16)));
        });
    }

    /**
     * Reads the quoted line of a str of Python 2.
     *
     * @throws IllegalArgumentException if it is not quoted, or an escape is not one of Python's {@code repr}
     */
    static String ofQuoted(String line) {
        char quote = line.isEmpty() ? ' ' : line.charAt(0);
        if (line.length() < 2 || (quote != '\'' && quote != '"') || line.charAt(line.length() - 1) != quote) {
            throw new IllegalArgumentException("it is not quoted");
        }
        return STRING_ESCAPE
                .matcher(line.substring(1, line.length() - 1))
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(
                        found.group(1) != null
                                ? (char) Integer.parseInt(found.group(1), 16)
                                : escaped(found.group(2)))));
    }

    private static char escaped(String character) {
        return switch (character == null ? "" : character) {
            case "n" -> '\n';
            case "r" -> '\r';
            case "t" -> '\t';
            case "\\", "'", "\"" -> character.charAt(0);
            default -> throw new IllegalArgumentException("an escape is not one of Python's");
        };
    }
}
