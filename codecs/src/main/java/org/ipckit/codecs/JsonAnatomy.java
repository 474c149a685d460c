package org.ipckit.codecs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What each byte of a JSON text is for. The text is one that a codec has written or read. */
final class JsonAnatomy {

    private static final String STRUCTURE = "{}[]:,";

    private final byte[] bytes;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;
    private int depth;

    private JsonAnatomy(ByteBuffer text) {
        bytes = new byte[text.remaining()];
        text.get(text.position(), bytes);
    }

    static List<Piece> of(ByteBuffer text) {
        return new JsonAnatomy(text).pieces();
    }

    /** Returns what a value is that begins with this byte. */
    static String meaningOf(int first) {
        if ((first >= '0' && first <= '9') || first == '-') {
            return "a number, '" + (char) first + "' is how it begins";
        }
        return switch (first) {
            case '{' -> "an object begins";
            case '[' -> "a list begins";
            case '"' -> "a text begins";
            case 't' -> "true, the t of it";
            case 'f' -> "false, the f of it";
            case 'n' -> "null, the n of it";
            case ' ', '\t', '\n', '\r' -> "white space";
            case '}', ']', ':', ',' -> "nothing yet: '" + (char) first + "' is punctuation inside an object or a list";
            default ->
                first >= ' ' && first < 0x7f
                        ? "nothing: no value begins with '" + (char) first + "', in a text it is that character"
                        : "nothing: no value begins with it";
        };
    }

    private List<Piece> pieces() {
        while (at < bytes.length) {
            int start = at;
            char first = (char) (bytes[at] & 0xff);
            if (first == '}' || first == ']') {
                depth = Math.max(0, depth - 1);
            }
            at = end(first);
            pieces.add(new Piece(start, at - start, depth, meaning(first, start)));
            if (first == '{' || first == '[') {
                depth++;
            }
        }
        return List.copyOf(pieces);
    }

    private int end(char first) {
        int end = at + 1;
        if (first == '"') {
            while (end < bytes.length && bytes[end] != '"') {
                end += bytes[end] == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, bytes.length);
        }
        if (STRUCTURE.indexOf(first) < 0 && !isSpace(first)) {
            while (end < bytes.length && STRUCTURE.indexOf(bytes[end]) < 0 && !isSpace((char) bytes[end])) {
                end++;
            }
        }
        return end;
    }

    private String meaning(char first, int start) {
        return switch (first) {
            case '{' -> "object begins";
            case '}' -> "object ends";
            case '[' -> "list begins";
            case ']' -> "list ends";
            case ':' -> "the value of that name";
            case ',' -> "the next";
            case '"' -> "text " + Dissection.shortened(new String(bytes, start, at - start, UTF_8));
            case 't', 'f', 'n' -> new String(bytes, start, at - start, UTF_8);
            default -> isSpace(first) ? "white space" : "number " + new String(bytes, start, at - start, UTF_8);
        };
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
