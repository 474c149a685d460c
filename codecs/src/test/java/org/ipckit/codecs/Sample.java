package org.ipckit.codecs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A record with a field of every kind, and maps like it. Equal by content, arrays included. */
@SuppressWarnings("ArrayRecordComponent") // bytes are what users will have
record Sample(
        long id,
        int count,
        String name,
        double price,
        float weight,
        boolean open,
        byte[] hash,
        List<String> tags,
        Map<String, Integer> stock,
        BigDecimal total,
        BigInteger large,
        Instant at,
        UUID key,
        Sample next) {

    static final Sample SMALL = new Sample(
            0,
            0,
            "",
            0,
            0,
            false,
            new byte[0],
            List.of(),
            Map.of(),
            BigDecimal.ZERO,
            BigInteger.ONE,
            Instant.EPOCH,
            new UUID(0, 0),
            null);

    static final Sample USUAL = new Sample(
            Long.MIN_VALUE,
            -77,
            "häß 😀 \" \\ \n \0 end",
            0.1,
            0.1f,
            true,
            new byte[] {0, 1, -1, 127, -128},
            List.of("a", "b".repeat(70), ""),
            Map.of("one", 1),
            new BigDecimal("-12.3400"),
            BigInteger.ONE.shiftLeft(100).negate(),
            Instant.ofEpochMilli(1_700_000_000_123L),
            new UUID(-1, 5),
            SMALL);

    static final Sample LARGE = new Sample(
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            "x".repeat(70_000),
            Double.NaN,
            Float.NEGATIVE_INFINITY,
            true,
            new byte[66_000],
            List.of("ü".repeat(300), "ü".repeat(40)),
            stock(1000),
            new BigDecimal("9".repeat(34)),
            BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
            Instant.ofEpochMilli(-1),
            new UUID(1, -1),
            USUAL);

    private static Map<String, Integer> stock(int size) {
        Map<String, Integer> stock = new LinkedHashMap<>();
        for (int part = 0; part < size; part++) {
            stock.put("part " + part, part * part - 70);
        }
        return stock;
    }

    static List<Sample> records() {
        return List.of(SMALL, USUAL, LARGE);
    }

    /** Returns maps that come back equal from every encoding. */
    static List<Map<String, Object>> maps() {
        Map<String, Object> usual = new LinkedHashMap<>();
        usual.put("number", -5);
        usual.put("more", 1L << 40);
        usual.put("text", "häß 😀");
        usual.put("nothing", null);
        usual.put("half", 0.5);
        usual.put("list", List.of(1, "two", List.of(), Map.of("three", true)));
        return List.of(Map.of(), usual, Map.of("deep", Map.of("deeper", usual)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample that
                && Arrays.equals(hash, that.hash)
                && withoutHash().equals(that.withoutHash());
    }

    @Override
    public int hashCode() {
        return withoutHash().hashCode();
    }

    private List<Object> withoutHash() {
        return Arrays.asList(id, count, name, price, weight, open, tags, stock, total, large, at, key, next);
    }
}
