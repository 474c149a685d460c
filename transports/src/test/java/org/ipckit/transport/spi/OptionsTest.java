package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.WaitStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static Options options(String query) {
        return Options.of(Address.parse("test://here?" + query), Set.of("wait", "size", "on", "list"));
    }

    private static String refusal(Runnable call) {
        return assertThrows(InvalidAddressException.class, call::run).getMessage();
    }

    @Test
    void anOptionThatIsNotThereNamesThoseThatAre() {
        assertEquals(
                "test://here?colour=red: there is no option 'colour'; test has list, on, size, wait",
                refusal(() -> options("colour=red")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "17B, 17",
        "1K, 1024",
        "64KiB, 65536",
        "3M, 3145728",
        "1MiB, 1048576",
        "1G, 1073741824",
        "1GiB, 1073741824",
        "1073741824, 1073741824",
        "00001, 1"
    })
    void aSizeHasAUnit(String text, int bytes) {
        assertEquals(bytes, options("size=" + text).bytes("size", 5, 0, 1 << 30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1.5K",
                "1KB",
                "1k",
                "K",
                " 1",
                "1073741825",
                "2GiB",
                "1048577K",
                "999999999999999999G",
                "9999999999999999999",
                "8589934592GiB",
                "0x10"
            })
    void whatIsNoSizeOrNoneThatIsAllowedSaysWhatWouldBe(String text) {
        String refusal =
                refusal(() -> options("size=" + text.replace(" ", "%20")).bytes("size", 5, 0, 1 << 30));

        assertTrue(refusal.contains("expected a size from 0 to 1073741824 bytes, such as 64KiB"), refusal);
        assertTrue(refusal.contains("'" + text + "'"), refusal);
    }

    @Test
    void aSizeBelowTheLeastIsRefused() {
        refusal(() -> options("size=9").bytes("size", 50, 10, 100));
        assertEquals(10, options("size=10").bytes("size", 50, 10, 100));
        assertEquals(50, options("").bytes("size", 50, 10, 100));
    }

    @Test
    void aChoiceIsTheNameOfAConstantInLowerCase() {
        assertEquals(WaitStrategy.SPIN, options("wait=spin").choice("wait", WaitStrategy.BLOCK));
        assertEquals(WaitStrategy.BLOCK, options("").choice("wait", WaitStrategy.BLOCK));
        for (String wrong : new String[] {"SPIN", "spi", ""}) {
            String refusal = refusal(() -> options("wait=" + wrong).choice("wait", WaitStrategy.BLOCK));
            assertTrue(refusal.endsWith("expected one of block, backoff, spin"), refusal);
        }
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertTrue(options("on=true").flag("on", false));
        assertFalse(options("on=false").flag("on", true));
        assertTrue(options("").flag("on", true));
        assertTrue(refusal(() -> options("on=yes").flag("on", true)).endsWith("expected true or false"));
    }

    @Test
    void textAndListsAreAsTheyAreWritten() {
        assertEquals(List.of("1000", "1001"), options("list=1000,1001").list("list"));
        assertEquals(List.of(), options("").list("list"));
        assertEquals("a b", options("list=a%20b").text("list", "x"));
        assertEquals("x", options("").text("list", "x"));
        assertTrue(options("list=").has("list"));
        assertFalse(options("").has("list"));
    }

    @Test
    void theOptionsOfStreamsHaveTheirDefaults() {
        Address address = Address.parse("test://here");
        StreamOptions plain = StreamOptions.of(address, Options.of(address, StreamOptions.namesWith("mode")));

        assertEquals(WaitStrategy.BLOCK, plain.waitStrategy());
        assertEquals(0, plain.bufferBytes());
        assertEquals(16 << 20, plain.maxMessageBytes());
        assertTrue(plain.authKey(address).isEmpty());
    }
}
