package org.ipckit.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.annotations.Out;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a pipe without a name. */
class DescriptorBytesTest {

    private static final Calls CALLS = CLibrary.load(Calls.class, "pipes").calls();

    private int from;
    private int to;
    private DescriptorBytes reading;
    private DescriptorBytes writing;

    public interface Calls {
        int pipe2(@Out ByteBuffer ends, int flags);

        int close(int descriptor);
    }

    @BeforeEach
    void makeAPipe() {
        ByteBuffer ends = ByteBuffer.allocateDirect(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
        assertEquals(0, CALLS.pipe2(ends, OpenFlags.O_NONBLOCK.intValue() | OpenFlags.O_CLOEXEC.intValue()));
        from = ends.getInt(0);
        to = ends.getInt(Integer.BYTES);
        reading = new DescriptorBytes(from, "the pipe of a test");
        writing = new DescriptorBytes(to, "the pipe of a test");
    }

    @AfterEach
    void closeBothEnds() {
        CALLS.close(from);
        CALLS.close(to);
    }

    @Test
    void whatIsWrittenIsReadBetweenPositionAndLimit() throws IOException {
        ByteBuffer bytes = direct(32).put("..hello..".getBytes(StandardCharsets.UTF_8));
        bytes.position(2).limit(7);

        assertEquals(5, writing.write(bytes));
        assertEquals(7, bytes.position());

        ByteBuffer read = direct(32).position(3).limit(7);
        assertEquals(4, reading.read(read));
        assertEquals(
                "hell", StandardCharsets.UTF_8.decode(read.flip().position(3)).toString());
        assertEquals(0, reading.read(read), "no room");
        assertEquals(1, reading.read(direct(32)));
        assertEquals(0, reading.read(direct(32)), "nothing there");
    }

    @Test
    void nothingIsWrittenWhereThereIsNoRoom() throws IOException {
        while (writing.write(direct(4096)) > 0) {}

        ByteBuffer more = direct(4096);
        assertEquals(0, writing.write(more));
        assertEquals(0, more.position());
        assertEquals(0, writing.write(direct(0)));
    }

    @Test
    void anEmptyPipeThatNobodyWritesToIsAtItsEnd() throws IOException {
        writing.write(direct(1));
        CALLS.close(to);

        assertEquals(1, reading.read(direct(8)));
        assertEquals(DescriptorBytes.END, reading.read(direct(8)));
    }

    @Test
    void aPipeThatNobodyReadsIsBroken() {
        CALLS.close(from);

        IOException broken = assertThrows(BrokenPipeException.class, () -> writing.write(direct(1)));
        assertTrue(broken.getMessage().contains("the pipe of a test"), broken::getMessage);
    }

    @Test
    void anErrorNamesWhatWasReadOrWritten() {
        IOException refused = assertThrows(IOException.class, () -> reading.write(direct(1)));

        assertEquals("write of the pipe of a test: Bad file descriptor (EBADF)", refused.getMessage());
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }
}
