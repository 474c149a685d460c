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

    private static final ByteBuffer[] NONE = new ByteBuffer[0];
    private static final int NOWHERE = -1;
    private static final int LINE_BITS = Integer.numberOfTrailingZeros(Layout.CACHE_LINE);

    private final ByteBuffer records;
    private final int longest;
    private final int mask;
    private ByteBuffer[] made = NONE;

    /** Where each begins: in a large ring several places share one. */
    private final int[] places;

    /** Makes no view yet; they will be read-only if this is. */
    Views(ByteBuffer records) {
        this.records = records;
        this.longest = Layout.longestRecord(records.capacity());
        this.places = new int[Math.min(MOST, records.capacity() / Layout.CACHE_LINE)];
        this.mask = places.length - 1;
        Arrays.fill(places, NOWHERE);
    }

    /**
     * Gets the view of a place ready while there is time, if any were handed out: it comes from far away, since a lap of
     * views is more than the nearest cache holds.
     */
    void expect(int place) {
        if (made != NONE) {
            ByteBuffer view = at(place);
            at(place, view.limit());
        }
    }

    // Small methods, for the compiler takes only those in where it has not seen many messages come.

    /** Returns the view of a payload. */
    ByteBuffer at(int place, int sizeBytes) {
        ByteBuffer view = at(place);
        return isAsLeft(view, sizeBytes) ? view : anew(view, sizeBytes);
    }

    private ByteBuffer at(int place) {
        int index = place >>> LINE_BITS & mask;
        if (places[index] != place) {
            make(index, place);
        }
        return made[index];
    }

    /** Returns whether it can be handed out untouched, which spares the stores. */
    private static boolean isAsLeft(ByteBuffer view, int sizeBytes) {
        return view.limit() == sizeBytes && view.position() == 0 && view.order() == ByteOrder.BIG_ENDIAN;
    }

    private static ByteBuffer anew(ByteBuffer view, int sizeBytes) {
        return view.clear().limit(sizeBytes).order(ByteOrder.BIG_ENDIAN);
    }

    private void make(int index, int place) {
        if (made == NONE) {
            made = new ByteBuffer[places.length];
        }
        made[index] = records.slice(place, Math.min(longest, records.capacity() - place));
        places[index] = place;
    }
}
