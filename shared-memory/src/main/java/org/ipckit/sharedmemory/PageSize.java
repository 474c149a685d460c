package org.ipckit.sharedmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of a page, as the kernel tells every process when it starts. */
final class PageSize {

    static final int BYTES = find();

    private static final long AT_PAGESZ = 6;
    private static final int USUAL = 4096;

    private PageSize() {}

    private static int find() {
        try {
            ByteBuffer told = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (told.remaining() >= 2 * Long.BYTES) {
                long key = told.getLong();
                long value = told.getLong();
                if (key == AT_PAGESZ) {
                    return (int) value;
                }
            }
            return USUAL;
        } catch (IOException notTold) {
            return USUAL;
        }
    }
}
