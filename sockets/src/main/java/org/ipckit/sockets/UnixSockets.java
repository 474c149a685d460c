package org.ipckit.sockets;

import java.io.IOException;
import org.ipckit.transport.Address;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.Newcomer;

/** Makes Unix domain sockets by one provider's means. */
interface UnixSockets {

    /** Opens the address; what a dead listener left there is reclaimed. */
    Acceptor listen(Address address, UnixAccess access);

    /** Connects without waiting. */
    Newcomer connect(Address address) throws IOException;
}
