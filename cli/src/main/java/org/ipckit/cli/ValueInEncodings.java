package org.ipckit.cli;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ipckit.codecs.Encoding;
import org.ipckit.codecs.Fidelity;
import org.ipckit.codecs.Piece;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Message;

/** One value in every encoding, byte for byte. */
final class ValueInEncodings {

    private static final int BYTES_PER_LINE = 12;
    private static final int LINES_PER_PIECE = 4;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private ValueInEncodings() {}

    static List<String> lines(Object value) {
        List<String> lines = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            try {
                lines.addAll(lines(encoding, value));
            } catch (CodecException refused) {
                lines.add(encoding.title() + ": not possible");
                lines.add("  " + MessageText.oneLine(refused.getMessage()));
            }
        }
        return lines;
    }

    private static List<String> lines(Encoding encoding, Object value) {
        Message bytes = Fidelity.encoded(encoding, value);
        List<String> changes = Fidelity.changes(encoding, value);
        List<String> lines = new ArrayList<>();
        lines.add(encoding.title() + ": " + bytes.size() + (bytes.size() == 1 ? " byte" : " bytes")
                + (changes.isEmpty() ? ", nothing changes" : ""));
        for (String change : changes) {
            lines.add("  changes " + MessageText.oneLine(change));
        }
        byte[] all = bytes.toByteArray();
        for (Piece piece : encoding.anatomy(bytes.asByteBuffer())) {
            lines.addAll(lines(piece, all));
        }
        return lines;
    }

    private static List<String> lines(Piece piece, byte[] all) {
        List<String> lines = new ArrayList<>();
        String meaning = "  ".repeat(piece.depth()) + MessageText.oneLine(piece.meaning());
        int end = piece.at() + piece.length();
        for (int at = piece.at(); at < end; at += BYTES_PER_LINE) {
            if (lines.size() == LINES_PER_PIECE) {
                lines.add("        ... " + (end - at) + " more");
                break;
            }
            String hex = HEX.formatHex(all, at, Math.min(end, at + BYTES_PER_LINE));
            String line = String.format("%6d  %-" + (3 * BYTES_PER_LINE - 1) + "s  %s", at, hex, meaning);
            lines.add(line.stripTrailing());
            meaning = "";
        }
        return lines;
    }
}
