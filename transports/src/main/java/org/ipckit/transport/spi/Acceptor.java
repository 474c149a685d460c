package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;

/** The place where newcomers arrive, without waiting: a listening socket, a FIFO for requests. One thread uses it. */
public interface Acceptor extends Closeable {

    /** Returns the channel that is ready for its accept or read operation when somebody may have come. */
    SelectableChannel channel();

    /**
     * Takes the next newcomer.
     *
     * @return null if nobody is there now
     * @throws IOException if the system refuses; the listener says so in the log, rests and goes on
     * @throws org.ipckit.transport.AccessDeniedException if this newcomer is refused; the listener goes on
     */
    Newcomer accept() throws IOException;
}
