package org.ipckit.redis;

import java.io.Closeable;
import java.io.IOException;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Sleeper;

/** What comes to a subscription, over as many sessions with the server as that takes. One thread receives. */
interface Feed extends Closeable {

    /** Begins; what is published after this has returned is meant for this feed. */
    void open() throws IOException;

    /** Returns what has come; only the thread that receives uses it. */
    Inbox inbox();

    /** Returns what sleeps until something may have come. */
    Sleeper sleeper();

    /** Returns how many messages are known to have been lost; any thread asks. */
    long lost();
}
