package org.ipckit.redis;

import java.nio.ByteBuffer;
import org.ipckit.transport.spi.Outbox;

/** The sending half of what only receives. */
final class NoOutbox implements Outbox {

    @Override
    public boolean begin(ByteBuffer message) {
        throw new UnsupportedOperationException("a subscription only receives");
    }

    @Override
    public ByteBuffer claim(int sizeBytes) {
        throw new UnsupportedOperationException("a subscription only receives");
    }

    @Override
    public void commit(int sizeBytes) {
        throw new UnsupportedOperationException("a subscription only receives");
    }
}
