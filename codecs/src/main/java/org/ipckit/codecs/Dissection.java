package org.ipckit.codecs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes bytes apart: a piece ends where somebody says what it means, and the next one begins there. */
final class Dissection {

    private static final int LONGEST_TEXT = 40;

    final LimitedInput input;

    private final List<Piece> pieces = new ArrayList<>();
    private int begun;
    private int depth;

    Dissection(ByteBuffer bytes) {
        input = new LimitedInput(bytes, CodecLimits.DEFAULT);
    }

    /** Says what the bytes read since the last piece mean. */
    void piece(String meaning) {
        pieces.add(new Piece(begun, input.at() - begun, depth, meaning));
        begun = input.at();
    }

    /** What follows is inside what was told last. */
    void enter() {
        input.enter();
        depth++;
    }

    void leave() {
        input.leave();
        depth--;
    }

    /** Returns all pieces, which are all bytes. */
    List<Piece> end() {
        input.checkEnd();
        return List.copyOf(pieces);
    }

    /** Returns the text in quotes, shortened. */
    static String quoted(String text) {
        return '"' + shortened(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** Returns the text as part of a line. */
    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", ".");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }

    static String count(long count, String noun) {
        return count + " " + (count == 1 ? noun : noun.equals("entry") ? "entries" : noun + "s");
    }
}
