package org.ipckit.transport.spi;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;

/** What is known about the end of a connection. Any thread reads and writes it. */
final class ConnectionEnd {

    private final Address address;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean peerGone;

    ConnectionEnd(Address address) {
        this.address = address;
    }

    /** Closes this side; false if it is closed already. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean isClosed() {
        return closed.get();
    }

    boolean isOpen() {
        return !closed.get() && !peerGone;
    }

    void requireOpen(String operation) {
        if (closed.get()) {
            throw new ConnectionClosedException(By.THIS_SIDE, operation + " " + address + ": this side has closed");
        }
    }

    /** Remembers that the peer is gone. */
    void peerIsGone() {
        peerGone = true;
    }

    /** Remembers that the peer is gone, and returns that as the failure of an operation. */
    ConnectionClosedException peerGone(String operation, IOException refused) {
        peerIsGone();
        return new ConnectionClosedException(
                By.PEER, operation + " " + address + ": the peer is gone: " + refused.getMessage(), refused);
    }
}
