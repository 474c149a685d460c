package org.ipckit.signals;

import java.io.IOException;
import org.ipckit.transport.spi.PrivateFiles;

/** What the system is told of a queued signal: the C library's {@code siginfo_t}. One thread uses it. */
final class Envelope {

    static final int SIZE = 128;

    private static final int SIGNAL_AT = 0;
    private static final int CODE_AT = 8;
    private static final int PID_AT = 16;
    private static final int UID_AT = 20;
    private static final int VALUE_AT = 24;
    private static final int SI_QUEUE = -1;

    private final Memory info = Memory.of(SIZE);

    Envelope() throws IOException {
        info.bytes().putInt(CODE_AT, SI_QUEUE);
        info.bytes().putInt(PID_AT, (int) ProcessHandle.current().pid());
        info.bytes().putInt(UID_AT, (int) PrivateFiles.uid());
    }

    /** Returns the address of what says this signal and value. */
    long address(int signal, long value) {
        info.bytes().putInt(SIGNAL_AT, signal);
        info.bytes().putLong(VALUE_AT, value);
        return info.address();
    }
}
