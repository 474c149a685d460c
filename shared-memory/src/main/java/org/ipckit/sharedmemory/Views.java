package org.ipckit.sharedmemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    /** Where each begins; null if each has a place of its own in the array. */
    private int[] places;

    /** Makes no view yet; they will be read-only if this is. */
    Views(ByteBuffer records) {
        this.records = records;
        this.longest = Layout.longestRecord(records.capacity());
    }

    /** Returns the view of a payload. */
    ByteBuffer at(int place, int sizeBytes) {
        if (made == null) {
            makeRoom();
        }
        int index = (place / Layout.CACHE_LINE) & (made.length - 1);
        ByteBuffer view = made[index];
        if (view == null || (places != null && places[index] != place)) {
            view = make(index, place);
        }
        // Written to only if need be: a lap of views is more than the nearest cache holds.
        if (view.limit() != sizeBytes || view.position() != 0) {
            view.clear().limit(sizeBytes);
        }
        // A handler before this one may have changed it.
        return view.order() == ByteOrder.BIG_ENDIAN ? view : view.order(ByteOrder.BIG_ENDIAN);
    }

    private void makeRoom() {
        int lines = records.capacity() / Layout.CACHE_LINE;
        made = new ByteBuffer[Math.min(MOST, lines)];
        places = lines > MOST ? new int[MOST] : null;
    }

    private ByteBuffer make(int index, int place) {
        ByteBuffer view = records.slice(place, Math.min(longest, records.capacity() - place));
        made[index] = view;
        if (places != null) {
            places[index] = place;
        }
        return view;
    }
}
