package org.ipckit.transport.spi;

/** Makes the platform threads that work behind the scenes. */
public final class Daemons {

    private Daemons() {}

    /** Returns a daemon thread, not started, that is found in a thread dump as {@code ipckit-name}. */
    public static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, "ipckit-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
