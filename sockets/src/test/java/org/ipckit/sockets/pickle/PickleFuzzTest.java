package org.ipckit.sockets.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ipckit.transport.CodecException;

/** Whatever the bytes are: a value that can be written again, or the one exception; and memory in proportion to them. */
class PickleFuzzTest {

    /** An empty dict has one byte and some hundred here, and its place in what holds it. */
    private static final long MOST_BYTES_PER_BYTE = 400;

    /** The first time much is loaded. */
    private static final long MOST_BYTES_FOR_ITSELF = 1 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Property(tries = 700)
    void ofRandomBytes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        decode(bytes);
    }

    @Property(tries = 700)
    void ofRandomInstructions(@ForAll long seed) {
        Random random = new Random(seed);
        Opcode[] opcodes = Opcode.values();
        byte[] bytes = new byte[random.nextInt(300)];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt(4) : opcodes[random.nextInt(58)].code());
        }
        decode(bytes);
    }

    @Property(tries = 700)
    void ofPicklesWithSomeBytesChanged(@ForAll long seed) {
        Random random = new Random(seed);
        ByteBuffer pickle = Pickle.encode(new Values(random).any(4));
        byte[] bytes = new byte[pickle.remaining()];
        pickle.get(bytes);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        decode(bytes);
    }

    @Example
    void ofInstructionsThatMakeMuchOfFewBytes() {
        for (String each : List.of("}", "\u008f", "]", ")", "}\u0094", "(l", "(t", "]N\u0085", "Nr\1\1\1\1")) {
            decode(("(" + each.repeat(30_000) + "l.").getBytes(ISO_8859_1));
        }
    }

    private static void decode(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Object value = null;
        try {
            value = Pickle.decode(ByteBuffer.wrap(bytes));
        } catch (CodecException documented) {
            assertTrue(documented.getMessage().startsWith("decode " + bytes.length + " bytes of pickle: "));
        }
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(
                taken < MOST_BYTES_FOR_ITSELF + MOST_BYTES_PER_BYTE * bytes.length,
                () -> taken + " bytes for " + bytes.length);
        Pickle.encode(value);
    }
}
