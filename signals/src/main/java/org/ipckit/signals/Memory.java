package org.ipckit.signals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipckit.natives.CLibrary;

/**
 * Zeroed memory that the C library can be given, as long as this object is reachable.
 *
 * @param bytes the memory, in the byte order of the machine
 * @param address where it is
 */
record Memory(ByteBuffer bytes, long address) {

    /** Makes some. */
    static Memory of(int sizeBytes) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(sizeBytes).order(ByteOrder.nativeOrder());
        return new Memory(bytes, CLibrary.addressOf(bytes));
    }
}
