package org.ipckit.transport.spi;

import java.io.IOException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;

/** What is known about the end of a connection. Any thread reads and writes it. */
final class ConnectionEnd {

    private final Address address;
    private volatile boolean closed;
    private volatile boolean peerGone;

    ConnectionEnd(Address address) {
        this.address = address;
    }

    /** Closes this side; false if it is closed already. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOpen() {
        return !closed && !peerGone;
    }

    void requireOpen(String operation) {
        if (closed) {
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
