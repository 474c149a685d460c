package org.ipckit.transport;

/** Makes connections out of connections. */
public final class Connections {

    private Connections() {}

    /**
     * Returns the connection for any number of threads: a fair lock for each direction lets one at a time through, in
     * the order they came. Waiting for the lock counts towards a call's time-out. A claim keeps the sending direction
     * until it is committed or closed; {@code poll} hands over nothing while another thread receives.
     */
    public static Connection shared(Connection connection) {
        return connection instanceof SharedConnection ? connection : new SharedConnection(connection);
    }
}
