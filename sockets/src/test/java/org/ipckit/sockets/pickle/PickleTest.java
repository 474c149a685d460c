package org.ipckit.sockets.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pickles say, byte for byte; the bytes in these tests are what Python 3.11 writes. */
class PickleTest {

    private static String hex(ByteBuffer pickle) {
        byte[] bytes = new byte[pickle.remaining()];
        pickle.get(pickle.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Object decodeHex(String hex) {
        return Pickle.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    /** Characters up to 0xff stand for bytes. */
    private static Object decode(String pickle) {
        return Pickle.decode(ByteBuffer.wrap(pickle.getBytes(ISO_8859_1)));
    }

    private static String refused(String pickle) {
        return assertThrows(CodecException.class, () -> decode(pickle)).getMessage();
    }

    private static String refusedValue(Object value) {
        return assertThrows(CodecException.class, () -> Pickle.encode(value)).getMessage();
    }

    // ---------------------------------------------------------------- the bytes of Python

    static List<List<Object>> vectors() {
        return List.of(
                List.of(List.of(8, 8), "80049509000000000000005d94284b084b08652e"),
                List.of(64, "80044b402e"),
                List.of(Message.utf8("stop server"), "8004950f00000000000000430b73746f70207365727665729" + "42e"),
                List.of(Arrays.asList((Object) null), "80049505000000000000005d944e612e"),
                List.of(Map.of("a", 1.5), "80049511000000000000007d948c016194473ff8000000000000732e"),
                List.of(Tuple.of(true, false, -1, 70000), VECTOR_TUPLE),
                List.of(Tuple.of(), "8004292e"),
                List.of(Tuple.of(256), "80049506000000000000004d000185942e"),
                List.of(Set.of(1), "80049507000000000000008f94284b01902e"),
                List.of(FrozenSet.of(1), "8004950600000000000000284b0191942e"),
                List.of(1L << 40, "80049509000000000000008a060000000000012e"),
                List.of("h\u00e9", "80049507000000000000008c0368c3a9942e"),
                List.of(
                        ByteBuffer.wrap(new byte[] {97}),
                        "80049522000000000000008c086275696c74696e73948c09627974656172726179949394430161948594"
                                + "52942e"));
    }

    private static final String VECTOR_TUPLE = "800495100000000000000028" + "88894affffffff4a7011010074942e";

    @ParameterizedTest
    @MethodSource("vectors")
    void aValueIsTheBytesThatPythonWrites(List<Object> vector) {
        assertEquals(vector.get(1), hex(Pickle.encode(vector.get(0))));
        assertEquals(vector.get(0), decodeHex((String) vector.get(1)));
    }

    @Test
    void bytesAreWrittenFromArraysToo() {
        assertEquals(Pickle.encode(Message.of((byte) 1)), Pickle.encode(new byte[] {1}));
    }

    @Property(tries = 300)
    void whatWasWrittenIsReadAsItWas(@ForAll long seed) {
        Object value = new Values(new Random(seed)).any(5);

        assertEquals(value, Pickle.decode(Pickle.encode(value)));
    }

    @Test
    void numbersComeInTheSmallestTypeThatHoldsThem() {
        for (long each : new long[] {0, 255, 256, 65535, 65536, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertEquals((int) each, Pickle.decode(Pickle.encode(each)));
            assertEquals((int) each, Pickle.decode(Pickle.encode(BigInteger.valueOf(each))));
        }
        for (long each : new long[] {1L << 31, (-1L << 31) - 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertEquals(each, Pickle.decode(Pickle.encode(BigInteger.valueOf(each))));
        }
        BigInteger huge = BigInteger.ONE.shiftLeft(5000).negate();
        assertEquals(huge, Pickle.decode(Pickle.encode(huge)));
        assertEquals(0, decode("\u008a\0."));
    }

    @Test
    void aBufferIsReadFromItsPositionAndNotConsumed() {
        ByteBuffer text = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);
        ByteBuffer pickle = Pickle.encode(text);
        ByteBuffer within = ByteBuffer.allocate(pickle.remaining() + 2)
                .position(1)
                .put(pickle.duplicate())
                .flip()
                .position(1);

        assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), Pickle.decode(within.asReadOnlyBuffer()));
        assertEquals(1, within.position());
        assertEquals(1, text.position());
    }

    @Test
    void whatIsContainedTwiceIsOneObjectAtTheOtherEnd() {
        List<Object> inner = new ArrayList<>(List.of("x"));
        List<?> read = assertInstanceOf(List.class, Pickle.decode(Pickle.encode(List.of(inner, inner))));

        assertSame(read.get(0), read.get(1));
        assertEquals(List.of(inner, inner), read);
    }

    @Test
    void manyItemsGoInBatchesAndComeBackAllOfThem() {
        for (int size : new int[] {999, 1000, 1001, 2500}) {
            List<Object> list = new ArrayList<>();
            Map<Object, Object> dict = new LinkedHashMap<>();
            for (int each = 0; each < size; each++) {
                list.add(each);
                dict.put(each, String.valueOf(each));
            }
            assertEquals(list, Pickle.decode(Pickle.encode(list)));
            assertEquals(dict, Pickle.decode(Pickle.encode(dict)));
            Set<Object> set = new LinkedHashSet<>(list);
            assertEquals(set, Pickle.decode(Pickle.encode(set)));
        }
    }

    // ---------------------------------------------------------------- older protocols

    @Test
    void protocol0IsText() {
        assertEquals(List.of(8, 8), decode("(lp0\nI8\naI8\na."));
        assertEquals(Tuple.of(true, false, 1L << 40, 1.5), decode("(I01\nI00\nL1099511627776L\nF1.5\ntp0\n."));
        assertEquals(List.of(Double.POSITIVE_INFINITY, 1e16), decode("(lFinf\naF1e+16\na."));
        assertEquals("a\\b\n\u20ac\ud83d\ude00", decode("Va\\u005cb\\u000a\\u20ac\\U0001f600\np0\n."));
        assertEquals(Message.utf8("abc"), decode("c_codecs\nencode\np0\n(Vabc\np1\nVlatin1\np2\ntp3\nRp4\n."));
        assertEquals(Map.of("k", 1), decode("(dp0\nVk\np1\nI1\ns."));
        assertEquals(Set.of(1, 2), decode("c__builtin__\nset\np0\n((lp1\nI1\naI2\natp2\nRp3\n."));
    }

    @Test
    void aStrOfPython2IsTextIfItIsAscii() {
        assertEquals("it's\n", decode("S\"it's\\n\"\n."));
        assertEquals("ab", decode("U\2ab."));
        assertEquals("ab", decode("T\2\0\0\0ab."));
        assertTrue(refused("U\1\u00e9.").contains("not ASCII"));
        assertTrue(refused("S'abc\n.").contains("not quoted"));
    }

    @Test
    void bytearraysOfProtocol5HaveAnOpcode() {
        assertEquals(ByteBuffer.wrap(new byte[] {1}), decode("\u0080\5\u0096\1\0\0\0\0\0\0\0\1."));
    }

    // ---------------------------------------------------------------- what is refused

    @Test
    void aFunctionThatWouldBeCalledIsRefusedByItsName() {
        assertEquals(
                "decode 36 bytes of pickle: GLOBAL at byte 0: refused: posix.system is a class or a function, and only"
                        + " plain values are taken",
                refused("cposix\nsystem\n(Vtouch /tmp/eve\ntR.  "));
        assertTrue(refused("\u0080\4\u008c\2os\u008c\6system\u0093.")
                .contains("STACK_GLOBAL at byte 14: refused: os.system"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 POP",
                "1 POP_MARK",
                "2 DUP",
                "P PERSID",
                "Q BINPERSID",
                "i INST",
                "o OBJ",
                "b BUILD",
                "\u0081 NEWOBJ",
                "\u0092 NEWOBJ_EX",
                "\u0082 EXT1",
                "\u0083 EXT2",
                "\u0084 EXT4",
                "\u0097 NEXT_BUFFER",
                "\u0098 READONLY_BUFFER"
            })
    void anOpcodeThatPlainValuesDoNotNeedIsRefusedByItsName(String codeAndName) {
        assertTrue(
                refused("N" + codeAndName.charAt(0) + "1\n.")
                        .contains(codeAndName.substring(2) + " at byte 1: refused, for it is not needed"),
                () -> refused("N" + codeAndName.charAt(0)));
    }

    @Test
    void theFunctionsForPlainValuesMakeNothingElse() {
        String set = "c__builtin__\nset\n";
        assertTrue(refused(set + ".").contains("is no plain value"));
        assertTrue(refused("]" + set + "a.").contains("is no plain value"));
        assertTrue(refused(set + "]R.").contains("REDUCE"));
        assertTrue(refused("N)R.").contains("REDUCE"));
        assertTrue(refused(set + "(tR.").contains("a set is made of a list"));
        assertTrue(refused(set + "(ltR.").contains("there is no mark"));
        assertTrue(refused(set + "]]a\u0085R.").contains("is no key"));
        assertTrue(refused("c_codecs\nencode\nVx\nVrot13\n\u0086R.").contains("latin1"));
        assertTrue(refused("c_codecs\nencode\nV\\u20ac\nVlatin1\n\u0086R.").contains("latin1"));
    }

    @Test
    void aLengthBeyondTheEndIsRefusedBeforeMemoryIsTaken() {
        for (String each : List.of(
                "X\u00ff\u00ff\u00ff\u00ff",
                "B\u00ff\u00ff\u00ff\u007f",
                "T\u00ff\u00ff\u00ff\u00ff",
                "\u008d\0\0\0\0\0\0\0\u0080",
                "\u008e\0\0\0\0\1\0\0\0",
                "\u0096\u00ff\u00ff\u00ff\u00ff\0\0\0\0",
                "\u008b\u00ff\u00ff\u00ff\u007f",
                "\u008a\u00ff",
                "\u0095\u00ff\0\0\0\0\0\0\0",
                "G\0",
                "J",
                "M\0",
                "K",
                "Vno end")) {
            assertTrue(refused(each).contains("it goes on for"), () -> refused(each));
        }
        assertTrue(refused("").contains("the end at byte 0"));
    }

    @Test
    void theDepthIsBoundedInBothDirections() {
        Object deep = 1;
        for (int level = 0; level < Pickle.MAX_DEPTH; level++) {
            deep = level % 2 == 0 ? new ArrayList<>(List.of(deep)) : Tuple.of(deep);
        }
        Object deepest = deep;
        assertEquals(deepest, Pickle.decode(Pickle.encode(deepest)));

        assertTrue(refusedValue(List.of(deepest)).contains("more than 100 levels"));
        assertTrue(refused("N" + "\u0085".repeat(101) + ".").contains("more than 100 levels"));
        assertTrue(refused("(".repeat(102) + ".").contains("more than 100 levels"));
    }

    @Test
    void aValueThatWouldContainItselfIsRefusedInBothDirections() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertTrue(refusedValue(list).contains("it contains itself"));
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, Tuple.of(map));
        assertTrue(refusedValue(map).contains("it contains itself"));

        assertTrue(refused("\u0080\2]q\0h\0a.").contains("contains itself"));
        assertTrue(refused("\u0080\2}q\0K\1h\0s.").contains("contains itself"));
    }

    /** Two to the power of the levels, in a few bytes. */
    @Test
    void theNumberOfValuesIsBoundedHoweverFewBytesTheyHave() {
        StringBuilder pickle = new StringBuilder(")");
        for (int level = 0; level < 60; level++) {
            pickle.append('\u0094').append('h').append((char) level).append('\u0086');
        }
        assertTrue(refused(pickle + ".").contains("more than 1000000 values"));
        assertTrue(refused("(" + "N".repeat(1_000_001) + "l.").contains("more than 1000000 values"));
    }

    @Test
    void whatIsNotOnePickleIsRefused() {
        assertTrue(refused("N").contains("the end at byte 1"));
        assertTrue(refused(".").contains("0 values and 0 marks are left"));
        assertTrue(refused("NN.").contains("2 values"));
        assertTrue(refused("N(.").contains("1 marks"));
        assertTrue(refused("N.N").contains("1 bytes come after the end"));
        assertTrue(refused("\u0080\6N.").contains("protocol 6 is not known"));
        assertTrue(refused("\u00ff").contains("0xff at byte 0: there is no such opcode"));
        assertTrue(refused("a.").contains("needs 1 values"));
        assertTrue(refused("]N(a.").contains("needs 1 values, and there are 0"));
        assertTrue(refused("}(K\1u.").contains("a key has no value"));
        assertTrue(refused("NNa.").contains("is no List"));
        assertTrue(refused("h\0.").contains("nothing was kept as number 0"));
        assertTrue(refused("g-1\n.").contains("is no index"));
        assertTrue(refused("Ix1\n.").contains("is no number"));
        assertTrue(refused("F0x1p3\n.").contains("is no float"));
        assertTrue(refused("X\1\0\0\0\u00ff.").contains("not UTF-8"));
        assertTrue(refused("V\\u12\n.").contains("not whole"));
        assertTrue(refused("}]K\1s.").contains("is no key"));
    }

    @Test
    void aRefusalIsShortAndOneLine() {
        String message = refused("I" + "\u001b\r".repeat(100_000) + "\n.");

        assertTrue(message.length() < 300, message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }

    @Test
    void aValueThatPythonDoesNotHaveIsRefusedWithWhatThereIs() {
        assertTrue(refusedValue(new BigDecimal(1)).startsWith("encode a java.math.BigDecimal as a pickle: "));
        assertTrue(refusedValue(List.of(new int[0])).contains("int[]"));
        assertTrue(refusedValue('c').contains("String"));
        assertTrue(refusedValue(Map.of(List.of(), 1)).contains("a Tuple or a FrozenSet can be"));
        assertTrue(refusedValue(Set.of(Tuple.of(List.of()))).contains("a Tuple or a FrozenSet can be"));
    }
}
