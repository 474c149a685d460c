package org.ipckit.sharedmemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Views of payloads in place, each beginning at position 0 as a message does. A view is an object of its own, so it is
 * made once for each place and used again in the next lap. One thread uses it.
 */
final class Views {

    /** Those of a ring of 1 MiB; a larger one makes some of them again. */
    private static final int MOST = 1 << 14;

    private final ByteBuffer records;
    private final int longest;
    private ByteBuffer[] made;
    private int[] places;

    /** Makes no view yet; they will be read-only if this is. */
    Views(ByteBuffer records) {
        this.records = records;
        this.longest = Layout.longestRecord(records.capacity());
    }

    /** Returns the view of a payload. */
    ByteBuffer at(int place, int sizeBytes) {
        if (made == null) {
            int count = Math.min(MOST, records.capacity() / Layout.CACHE_LINE);
            made = new ByteBuffer[count];
            places = new int[count];
            Arrays.fill(places, -1);
        }
        int index = (place / Layout.CACHE_LINE) & (made.length - 1);
        if (places[index] != place) {
            places[index] = place;
            made[index] = records.slice(place, Math.min(longest, records.capacity() - place));
        }
        // A handler before this one may have changed the order.
        return made[index].clear().limit(sizeBytes).order(ByteOrder.BIG_ENDIAN);
    }
}
