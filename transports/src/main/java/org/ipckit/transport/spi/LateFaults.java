package org.ipckit.transport.spi;

/**
 * What the JVM has yet to tell a thread. When compiled code touches mapped memory that somebody has cut short, the thread
 * goes on, and the {@link InternalError} is thrown when it next comes back from the VM: possibly in the middle of
 * something that has to be finished.
 */
final class LateFaults {

    private LateFaults() {}

    /** Takes what is owed to the current thread, which is about to give the memory up anyway. */
    static void take() {
        try {
            // Any call into the VM that is never compiled away.
            boolean ignored = Thread.holdsLock(LateFaults.class);
        } catch (InternalError ofMemoryThatIsGone) {
            return;
        }
    }
}
