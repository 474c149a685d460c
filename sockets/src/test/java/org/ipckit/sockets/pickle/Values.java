package org.ipckit.sockets.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ipckit.transport.Message;

/** Makes any values that Python has too, as they are read: numbers in the smallest type that holds them. */
final class Values {

    private final Random random;

    Values(Random random) {
        this.random = random;
    }

    /** Returns a value with at most so many levels. */
    Object any(int levels) {
        int kind = random.nextInt(levels > 0 ? 14 : 9);
        return switch (kind) {
            case 9 -> list(levels - 1);
            case 10 -> dict(levels - 1);
            case 11 -> set(levels - 1);
            case 12 -> ByteBuffer.wrap(bytes());
            case 13 -> new Tuple(list(levels - 1));
            default -> key(levels);
        };
    }

    private List<Object> list(int levels) {
        List<Object> list = new ArrayList<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            list.add(any(levels));
        }
        return list;
    }

    private Map<Object, Object> dict(int levels) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            dict.put(key(levels), any(levels));
        }
        return dict;
    }

    private Set<Object> set(int levels) {
        Set<Object> set = new LinkedHashSet<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            set.add(key(levels));
        }
        return set;
    }

    private Object key(int levels) {
        return switch (random.nextInt(levels > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> text();
            case 2 -> Message.of(bytes());
            case 3 -> random.nextInt() >>> random.nextInt(32);
            case 4 -> Integer.MAX_VALUE + 1L + (random.nextLong() >>> (1 + random.nextInt(30)));
            case 5 ->
                new BigInteger(65 + random.nextInt(3000), random).setBit(64).negate();
            // Never whole: for Python 1.0 and 1 are the same key.
            case 6 -> random.nextInt(1000) + 0.5;
            case 7 -> new FrozenSet(set(levels - 1));
            default -> Tuple.of(key(levels - 1), key(0));
        };
    }

    private String text() {
        int[] characters = random.ints(random.nextInt(20), 0, 0x3000).toArray();
        String text = new String(characters, 0, characters.length);
        return switch (random.nextInt(4)) {
            case 0 -> text;
            case 1 -> "\ud83d\ude00" + text + '\\';
            case 2 -> text + "half \ud83d" + "\n'\"";
            default -> "x".repeat(random.nextInt(600));
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(600) : random.nextInt(8)];
        random.nextBytes(bytes);
        return bytes;
    }
}
