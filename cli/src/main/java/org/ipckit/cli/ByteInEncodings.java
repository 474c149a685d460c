package org.ipckit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ipckit.codecs.Encoding;

/** What one byte can mean: the same eight bits as a number, as a character, and as the beginning of a value. */
final class ByteInEncodings {

    private static final String[] CONTROLS = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
    };

    private ByteInEncodings() {}

    /**
     * Reads a byte as people write it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static byte parse(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        int value;
        try {
            if (plain.startsWith("0x")) {
                value = unsigned(plain.substring(2), 16);
            } else if (plain.startsWith("0b")) {
                value = unsigned(plain.substring(2), 2);
            } else if (text.length() == 1 && !Character.isDigit(text.charAt(0))) {
                value = text.charAt(0);
            } else {
                value = Integer.parseInt(text);
            }
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException("is '" + text + "', expected a byte such as 0x7A, 122, -5 or z", notOne);
        }
        if (value < Byte.MIN_VALUE || value > 255) {
            throw new IllegalArgumentException("is '" + text + "', which is not between -128 and 255");
        }
        return (byte) value;
    }

    private static int unsigned(String digits, int radix) {
        if (digits.startsWith("-") || digits.startsWith("+")) {
            throw new NumberFormatException("a sign after the prefix");
        }
        return Integer.parseInt(digits, radix);
    }

    static List<String> lines(byte b) {
        int unsigned = Byte.toUnsignedInt(b);
        List<String> lines = new ArrayList<>();
        String bits = String.format("%8s", Integer.toBinaryString(unsigned)).replace(' ', '0');
        lines.add(
                String.format("0x%02X is the eight bits %s %s. As", unsigned, bits.substring(0, 4), bits.substring(4)));
        add(lines, "unsigned", Integer.toString(unsigned));
        add(lines, "two's complement", Byte.toString(b));
        add(lines, "ASCII", ascii(unsigned));
        add(lines, "UTF-8", utf8(unsigned));
        for (Encoding encoding : Encoding.values()) {
            List<String> meanings = encoding.meaningsOf(b);
            add(lines, encoding.title(), meanings.get(0));
            meanings.subList(1, meanings.size()).forEach(other -> add(lines, "", other));
        }
        return lines;
    }

    private static void add(List<String> lines, String what, String meaning) {
        lines.add(String.format("  %-18s%s", what, meaning));
    }

    private static String ascii(int unsigned) {
        if (unsigned > 0x7f) {
            return "nothing: ASCII ends at 0x7F";
        }
        if (unsigned == ' ') {
            return "the space";
        }
        if (unsigned == 0x7f) {
            return "the control character DEL";
        }
        return unsigned < ' ' ? "the control character " + CONTROLS[unsigned] : "the character " + (char) unsigned;
    }

    private static String utf8(int unsigned) {
        if (unsigned <= 0x7f) {
            return "the same as ASCII";
        } else if (unsigned <= 0xbf) {
            return "not the first byte of a character";
        } else if (unsigned == 0xc0 || unsigned == 0xc1 || unsigned >= 0xf5) {
            return "nothing: it is never used";
        }
        return "the first of " + (unsigned >= 0xf0 ? 4 : unsigned >= 0xe0 ? 3 : 2) + " bytes of a character";
    }
}
