package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ipckit.codecs.FidelityMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecCommandTest {

    @Test
    void aValueIsShownInEveryEncodingByteForByte() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "{\"a\": 1}");

        assertEquals(0, ipckit.exitCode(), () -> ipckit.err().toString());
        assertEquals(
                List.of(
                        "JSON: 7 bytes, nothing changes",
                        "     0  7b                                   object begins",
                        "     1  22 61 22                               text \"a\"",
                        "     4  3a                                     the value of that name",
                        "     5  31                                     number 1",
                        "     6  7d                                   object ends",
                        "",
                        "CBOR: 5 bytes, nothing changes",
                        "     0  bf                                   map, until a break",
                        "     1  61 61                                  text of 1 byte: \"a\"",
                        "     3  01                                     whole number 1",
                        "     4  ff                                   break",
                        "",
                        "Smile: 9 bytes, nothing changes",
                        "     0  3a 29 0a                             header \":)\" and a line feed",
                        "     3  05                                   version 0, shared names, raw bytes",
                        "     4  fa                                   object, until its end",
                        "     5  80 61                                  name \"a\"",
                        "     7  c2                                     whole number 1",
                        "     8  fb                                   end of the object",
                        "",
                        "BSON: 12 bytes, nothing changes",
                        "     0  0c 00 00 00                          document of 12 bytes, the lowest first",
                        "     4  10 61 00                               int32, named \"a\"",
                        "     7  01 00 00 00                              whole number 1",
                        "    11  00                                   end",
                        "",
                        "MessagePack: 4 bytes, nothing changes",
                        "     0  81                                   map of 1 entry",
                        "     1  a1 61                                  text of 1 byte: \"a\"",
                        "     3  01                                     whole number 1"),
                ipckit.out());
    }

    @Test
    void anEncodingThatCannotCarryTheValueSaysWhy() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "[1, 2]");

        assertEquals(0, ipckit.exitCode());
        int bson = ipckit.out().indexOf("BSON: not possible");
        assertTrue(bson > 0, () -> String.join("\n", ipckit.out()));
        assertTrue(ipckit.out().get(bson + 1).contains("a BSON document is an object with fields"));
        assertTrue(ipckit.out().contains("MessagePack: 3 bytes, nothing changes"));
    }

    @Test
    void whatChangesIsSaidWithItsPlace() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "{\"n\": 9223372036854775808}");

        int bson = ipckit.out().indexOf("BSON: 24 bytes");
        assertTrue(bson > 0, () -> String.join("\n", ipckit.out()));
        assertEquals(
                "  changes /n: BigInteger 9223372036854775808 becomes BigDecimal 9223372036854775808",
                ipckit.out().get(bson + 1));
    }

    @Test
    void aLongTextIsCutOnTheScreen() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "\"" + "x".repeat(1000) + "\"");

        assertTrue(ipckit.out().stream().allMatch(line -> line.length() < 120), () -> String.join("\n", ipckit.out()));
        assertTrue(ipckit.out().contains("        ... 954 more"), () -> String.join("\n", ipckit.out()));
    }

    @Test
    void oneByteHasManyMeanings() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "--byte", "0x7A");

        assertEquals(
                List.of(
                        "0x7A is the eight bits 0111 1010. As",
                        "  unsigned          122",
                        "  two's complement  122",
                        "  ASCII             the character z",
                        "  UTF-8             the same as ASCII",
                        "  JSON              nothing: no value begins with 'z', in a text it is that character",
                        "  CBOR              text, the number of bytes in the 4 bytes that follow",
                        "  Smile             a short ASCII text of 59 bytes",
                        "                    as a name: a reference to shared name 58",
                        "  BSON              nothing: there is no such type",
                        "  MessagePack       the whole number 122 (positive fixint)"),
                ipckit.out());
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, 0, 0",
        "0xff, 255, -1",
        "0b11111011, 251, -5",
        "-5, 251, -5",
        "-128, 128, -128",
        "255, 255, -1",
        "z, 122, 122",
        "é, 233, -23",
        "7, 7, 7"
    })
    void aByteIsTakenAsPeopleWriteIt(String text, String unsigned, String signed) throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "--byte=" + text);

        assertEquals("  unsigned          " + unsigned, ipckit.out().get(1));
        assertEquals("  two's complement  " + signed, ipckit.out().get(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x100", "0x", "256", "-129", "zz", "", "0b2", "0x-1", "0xffffffff"})
    void whatIsNoByteIsAWrongCommandLine(String text) throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "--byte=" + text);

        assertEquals(2, ipckit.exitCode(), () -> ipckit.out().toString());
        assertTrue(ipckit.err().get(0).startsWith("ipckit: --byte is '" + text + "', "), () -> ipckit.err()
                .toString());
    }

    @Test
    void whatIsNoJsonIsAWrongCommandLine() throws InterruptedException {
        Ipckit ipckit = Ipckit.run("codec", "{a: 1}");

        assertEquals(2, ipckit.exitCode());
        assertEquals(1, ipckit.err().size());
        assertTrue(ipckit.err().get(0).startsWith("ipckit: VALUE is no JSON: "), () -> ipckit.err()
                .toString());
    }

    @Test
    void theMatrixIsTheGeneratedOne() throws InterruptedException {
        assertEquals(FidelityMatrix.markdown(), Ipckit.run("codec", "--matrix").out());
    }
}
