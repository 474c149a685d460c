package org.ipckit.conformance.codec;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;

/** Bytes after their number in two bytes; correct but for one flaw. */
final class BrokenCodec implements Codec<ByteBuffer> {

    private static final int HEAD = 2;

    /** What can be wrong with a codec, and the test of the kit that is named for it. */
    enum Flaw {
        LOSES_A_BYTE("everyValueComesBack"),
        DEPENDS_ON_THE_CALL("theSameValueIsTheSameBytes"),
        WRITES_BESIDE("encodeWritesFromThePositionOnAndReturnsHowMuch"),
        WANTS_MORE_ROOM("encodeFitsExactly"),
        MOVES_THE_POSITION_ON_OVERFLOW("encodeOverflowsOneByteShortAndLeavesThePosition"),
        TAKES_THE_BUFFERS_ORDER("neitherDirectionMindsOrChangesTheOrderOfABuffer"),
        CONSUMES("decodeReadsAnyKindOfBufferAndDoesNotConsumeIt"),
        KEEPS_THE_BUFFER("aDecodedValueSharesNoMemoryWithTheBuffer"),
        TAKES_NULL("nullIsNoValue"),
        IGNORES_WHAT_FOLLOWS("moreThanAValueIsRefused"),
        RUNS_OUT_OF_BYTES("aValueThatIsCutOffIsAValueOrRefused"),
        BELIEVES_THE_SIZE("aValueWithOtherBytesInItIsAValueOrRefused"),
        STUMBLES_OVER_CHANCE("bytesByChanceAreAValueOrRefused"),
        CALLS_ITSELF("oneByteRepeatedIsAValueOrRefused"),
        REMEMBERS_A_FAILURE("aCallThatFailedHasNoConsequence"),
        IS_FOR_ONE_THREAD("threadsShareACodec"),
        REFUSES_WHAT_IS_LENT("valuesGoThroughAConnection");

        private final String test;

        Flaw(String test) {
            this.test = test;
        }

        String test() {
            return test;
        }
    }

    private final Flaw flaw;
    private final AtomicBoolean inUse = new AtomicBoolean();
    private int calls;
    private boolean failed;

    /** Makes one with this flaw, or with none. */
    BrokenCodec(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public int encode(ByteBuffer value, ByteBuffer buffer) {
        if (value == null && flaw == Flaw.TAKES_NULL) {
            return 0;
        }
        if (flaw == Flaw.IS_FOR_ONE_THREAD) {
            return alone(() -> write(value, buffer));
        }
        return write(value, buffer);
    }

    private int write(ByteBuffer value, ByteBuffer buffer) {
        int size = HEAD + value.remaining();
        int start = buffer.position();
        int room = buffer.remaining() - (flaw == Flaw.WANTS_MORE_ROOM ? 1 : 0);
        if (size > room) {
            failed = true;
            if (flaw == Flaw.MOVES_THE_POSITION_ON_OVERFLOW) {
                buffer.position(buffer.limit());
            }
            throw new BufferOverflowException();
        }
        ByteBuffer target = flaw == Flaw.TAKES_THE_BUFFERS_ORDER
                ? buffer.duplicate().order(buffer.order())
                : buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
        target.putShort((short) value.remaining()).put(value.duplicate());
        if (flaw == Flaw.DEPENDS_ON_THE_CALL && value.hasRemaining() && calls++ % 2 == 0) {
            target.put(start + HEAD, (byte) calls);
        }
        if (flaw == Flaw.WRITES_BESIDE && start > 0) {
            target.put(start - 1, (byte) 0);
        }
        buffer.position(target.position());
        return size;
    }

    @Override
    public ByteBuffer decode(ByteBuffer buffer) {
        if (flaw == Flaw.REMEMBERS_A_FAILURE && failed) {
            throw new CodecException("once bitten");
        }
        if (flaw == Flaw.REFUSES_WHAT_IS_LENT && buffer.isReadOnly()) {
            throw new CodecException("not mine");
        }
        ByteBuffer source = flaw == Flaw.CONSUMES ? buffer : buffer.duplicate();
        source.order(flaw == Flaw.TAKES_THE_BUFFERS_ORDER ? buffer.order() : ByteOrder.BIG_ENDIAN);
        if (flaw == Flaw.CALLS_ITSELF && source.remaining() > 10_000) {
            return endlessly(source);
        }
        if (source.remaining() < HEAD) {
            throw flaw == Flaw.RUNS_OUT_OF_BYTES
                    ? new BufferUnderflowException()
                    : new CodecException("decode: " + source.remaining() + " bytes");
        }
        int size = source.getShort() & 0xffff;
        checkSize(size, source);
        int lost = flaw == Flaw.LOSES_A_BYTE && size > 0 ? 1 : 0;
        ByteBuffer value = source.slice(source.position(), size - lost);
        return flaw == Flaw.KEEPS_THE_BUFFER
                ? value
                : ByteBuffer.allocate(size - lost).put(value).flip();
    }

    private void checkSize(int size, ByteBuffer source) {
        int there = source.remaining();
        if (size > there && flaw == Flaw.BELIEVES_THE_SIZE) {
            throw new IndexOutOfBoundsException(size);
        }
        if (size > 40_000 && flaw == Flaw.STUMBLES_OVER_CHANCE) {
            throw new ArithmeticException("for the test");
        }
        if (size > there || (size < there && flaw != Flaw.IGNORES_WHAT_FOLLOWS)) {
            throw new CodecException("decode: " + there + " bytes where " + size + " were told");
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private ByteBuffer endlessly(ByteBuffer source) {
        return endlessly(source.duplicate());
    }

    private int alone(IntSupplier work) {
        if (!inUse.compareAndSet(false, true)) {
            throw new IllegalStateException("two threads");
        }
        try {
            LockSupport.parkNanos(100_000); // long enough for another thread to come
            return work.getAsInt();
        } finally {
            inUse.set(false);
        }
    }
}
