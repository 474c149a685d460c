package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/** A message as one line: text as it is, but for what would end the line or steer the terminal. */
final class MessageText {

    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private MessageText() {}

    /** Returns the message as one line; one that is not UTF-8 in hexadecimal, after {@code 0x}. */
    static String of(ByteBuffer message) {
        try {
            return oneLine(UTF_8.newDecoder().decode(message.duplicate()).toString());
        } catch (CharacterCodingException notText) {
            byte[] bytes = new byte[message.remaining()];
            message.get(message.position(), bytes);
            return "0x" + HexFormat.of().formatHex(bytes);
        }
    }

    /** Returns the text with line breaks and control characters written as in Java. */
    static String oneLine(String text) {
        int plain = 0;
        while (plain < text.length() && !mustBeEscaped(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int at = plain; at < text.length(); at++) {
            append(line, text.charAt(at));
        }
        return line.toString();
    }

    private static boolean mustBeEscaped(char c) {
        return Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    }

    private static void append(StringBuilder line, char c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (mustBeEscaped(c)) {
                    line.append(String.format("\\u%04x", (int) c));
                } else {
                    line.append(c);
                }
            }
        }
    }
}
