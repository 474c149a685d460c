package org.ipckit.transport.spi;

import java.io.IOException;

/** One handshake after another, such as TLS and then a key. */
final class HandshakeSequence implements Handshake {

    private final Handshake first;
    private final Handshake second;
    private boolean firstDone;

    HandshakeSequence(Handshake first, Handshake second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public boolean advance() throws IOException {
        firstDone = firstDone || first.advance();
        return firstDone && second.advance();
    }

    @Override
    public boolean wantsToWrite() {
        return firstDone ? second.wantsToWrite() : first.wantsToWrite();
    }
}
