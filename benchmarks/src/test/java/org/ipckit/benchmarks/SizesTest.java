package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {

    @Test
    void areReadAsTheyAreWrittenAndOnce() {
        assertEquals(List.of(64, 1024, 65_536, 1 << 20), Sizes.parse(List.of("64", "1KiB", "64K", "1MiB", "1024")));
    }

    @Test
    void areWrittenAsShortAsTheyGo() {
        assertEquals("64", Sizes.text(64));
        assertEquals("1KiB", Sizes.text(1024));
        assertEquals("1025", Sizes.text(1025));
        assertEquals("16MiB", Sizes.text(16 << 20));
    }

    @Test
    void whatIsNoSizeIsRefusedByName() {
        String refusal = assertThrows(IllegalArgumentException.class, () -> Sizes.parse(List.of("64", "big")))
                .getMessage();

        assertTrue(refusal.startsWith("'big' is no size"), refusal);
    }
}
