package org.ipckit.redis;

/** The first byte of what goes through a private channel. A letter each, so that MONITOR shows what goes on. */
final class Mark {

    /** A message follows. */
    static final byte MESSAGE = 'M';

    /** The sender has closed; nothing follows. */
    static final byte BYE = 'B';

    /** The listener has taken the connection; nothing follows. */
    static final byte WELCOME = 'W';

    private Mark() {}
}
