package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ViewsTest {

    private static final int PLACE = Word.BYTES;

    private final ByteBuffer records = ByteBuffer.allocateDirect(1024);
    private final Views views = new Views(records.asReadOnlyBuffer());

    @Test
    void aViewIsMadeOnceForItsPlaceAndBeginsAnewWhateverAHandlerDidWithIt() {
        records.putLong(PLACE, 4711);
        ByteBuffer view = views.at(PLACE, 16);
        assertEquals(4711, view.getLong());
        view.position(3).limit(5).order(ByteOrder.LITTLE_ENDIAN);

        ByteBuffer again = views.at(PLACE, 24);

        assertSame(view, again);
        assertEquals(0, again.position());
        assertEquals(24, again.limit());
        assertEquals(4711, again.getLong());
        assertTrue(again.isReadOnly());
    }

    @Test
    void whatWasFetchedInAdvanceIsTheSameAsWithout() {
        ByteBuffer view = views.at(PLACE, 16).position(2).limit(9);

        views.expect(PLACE);
        views.expect(PLACE + Layout.CACHE_LINE);

        assertSame(view, views.at(PLACE, 16));
        assertEquals(0, view.position());
        assertEquals(16, view.limit());
        ByteBuffer next = views.at(PLACE + Layout.CACHE_LINE, 8);
        assertEquals(8, next.remaining());
        assertEquals(0, next.getLong());
    }
}
