package org.ipckit.codecs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;

/** Which values of Java come back as they were, by encoding: made by writing and reading each of them. */
public final class FidelityMatrix {

    private static final List<Row> ROWS = List.of(
            new Row("`null`", null, String.class),
            new Row("`true`", true, boolean.class),
            new Row("`byte` 7", (byte) 7, byte.class),
            new Row("`int` 7", 7, int.class),
            new Row("`long` 7", 7L, long.class),
            new Row("`long` 2^40", 1L << 40, long.class),
            new Row("`BigInteger` 7", BigInteger.valueOf(7), BigInteger.class),
            new Row("`BigInteger` 2^63", BigInteger.ONE.shiftLeft(63), BigInteger.class),
            new Row("`BigInteger` 2^100", BigInteger.ONE.shiftLeft(100), BigInteger.class),
            new Row("`BigInteger` 10^40 + 1", BigInteger.TEN.pow(40).add(BigInteger.ONE), BigInteger.class),
            new Row("`float` 0.1", 0.1f, float.class),
            new Row("`double` 0.1", 0.1, double.class),
            new Row("`double` 1.0", 1.0, double.class),
            new Row("`double` -0.0", -0.0, double.class),
            new Row("`double` NaN", Double.NaN, double.class),
            new Row("`double` infinity", Double.POSITIVE_INFINITY, double.class),
            new Row("`BigDecimal` 1.10", new BigDecimal("1.10"), BigDecimal.class),
            new Row("`BigDecimal` of 40 digits", new BigDecimal("0." + "1234567890".repeat(4)), BigDecimal.class),
            new Row("`String`", "häß 😀", String.class),
            new Row("`String` with a zero", "a\0b", String.class),
            new Row("`char`", 'x', char.class),
            new Row("`byte[]`", new byte[] {1, 2, -1}, byte[].class),
            new Row("`int[]`", new int[] {1, 2}, int[].class),
            new Row("`List`", List.of(1, "a"), List.class),
            new Row("`Map<String, Integer>`", Map.of("a", 1), new TypeReference<Map<String, Integer>>() {}.getType()),
            new Row("`Map<Integer, String>`", Map.of(1, "a"), new TypeReference<Map<Integer, String>>() {}.getType()),
            new Row("`Map`, a zero in a key", Map.of("a\0b", 1), Map.class),
            new Row("`Instant`, milliseconds", Instant.ofEpochSecond(1_700_000_000, 123_000_000), Instant.class),
            new Row("`Instant`, nanoseconds", Instant.ofEpochSecond(1_700_000_000, 123_456_789), Instant.class),
            new Row("`LocalDate`", LocalDate.of(2024, 2, 29), LocalDate.class),
            new Row("`Duration`", Duration.ofMillis(1500), Duration.class),
            new Row("`UUID`", new UUID(0x0123456789abcdefL, 0x8edcba9876543210L), UUID.class),
            new Row("an enum", DayOfWeek.MONDAY, DayOfWeek.class),
            new Row("a record", new Point(1, 2.5), Point.class));

    private FidelityMatrix() {}

    /** Returns both tables in Markdown; the same on every machine. */
    public static List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("Written in a map and read as `Map` or `Object`, when nobody says which type is meant:");
        lines.add("");
        lines.addAll(table(FidelityMatrix::readPlainly));
        lines.add("");
        lines.add("Written in a record and read as that record, whose field has the type:");
        lines.add("");
        lines.addAll(table(FidelityMatrix::readAsDeclared));
        return lines;
    }

    private static List<String> table(BiFunction<Encoding, Row, Object> reading) {
        List<Encoding> encodings = List.of(Encoding.values());
        List<String> lines = new ArrayList<>();
        lines.add(line("written", encodings, Encoding::title));
        lines.add(line("---", encodings, encoding -> "---"));
        for (Row row : ROWS) {
            lines.add(line(row.label, encodings, encoding -> cell(encoding, row, reading)));
        }
        return lines;
    }

    private static String line(String first, List<Encoding> encodings, Function<Encoding, String> cell) {
        return Stream.concat(Stream.of(first), encodings.stream().map(cell))
                .reduce("|", (line, next) -> line + " " + next + " |");
    }

    private static String cell(Encoding encoding, Row row, BiFunction<Encoding, Row, Object> reading) {
        Object after;
        try {
            after = reading.apply(encoding, row);
        } catch (CodecException refused) {
            return "refused";
        }
        return Fidelity.same(row.value, after) ? "same" : "`" + Fidelity.words(after) + "`";
    }

    private static Object readPlainly(Encoding encoding, Row row) {
        Map<String, Object> map = new HashMap<>();
        map.put("value", row.value);
        Object after = throughBytes(encoding.codec(Object.class), map);
        return ((Map<?, ?>) after).get("value");
    }

    private static Object readAsDeclared(Encoding encoding, Row row) {
        TypeFactory types = TypeFactory.defaultInstance();
        JavaType holder = types.constructParametricType(Holder.class, types.constructType(row.type));
        Codec<Holder<Object>> codec = encoding.codec((Type) holder, CodecLimits.DEFAULT);
        return throughBytes(codec, new Holder<>(row.value)).value;
    }

    private static <T> T throughBytes(Codec<T> codec, T value) {
        return codec.decode(Fidelity.encoded(codec, value).asByteBuffer());
    }

    /** A value and what it is declared as. */
    private record Row(String label, Object value, Type type) {}

    /** What a field of a record looks like to a codec. */
    record Holder<T>(T value) {}

    /** Two numbers. */
    record Point(int x, double y) {}
}
