package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** The socket of a lease until its handshake is finished. What was prepared for the newcomer ends with it. */
final class LeaseStream extends JdkUnixStream {

    private LeaseListener.Welcome welcome;

    LeaseStream(SocketChannel channel) throws IOException {
        super(channel);
    }

    SocketChannel socket() {
        return channel();
    }

    /** Remembers what was prepared. */
    void prepared(LeaseListener.Welcome forNewcomer) {
        welcome = forNewcomer;
    }

    /** Returns what was prepared, and leaves it to the caller. */
    LeaseListener.Welcome takeWelcome() {
        LeaseListener.Welcome taken = welcome;
        welcome = null;
        return taken;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            if (welcome != null) {
                takeWelcome().close();
            }
        }
    }
}
