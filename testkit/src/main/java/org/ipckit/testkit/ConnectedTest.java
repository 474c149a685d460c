package org.ipckit.testkit;

import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The base of a transport's own tests: a listener in the folder of a test, and both ends of a connection to it, as far as
 * the test opens them; they are closed after it.
 */
public abstract class ConnectedTest {

    /** Longer than anything takes that is waited for. */
    protected static final Duration SOON = Duration.ofSeconds(20);

    /** Long enough to see that nothing comes. */
    protected static final Duration SHORT = Duration.ofMillis(50);

    /** What is tested. */
    protected final Transport transport;

    /** The folder of the test. */
    @TempDir
    protected Path folder;

    protected Listener listener;
    protected Connection near;
    protected Connection far;

    /** Prepares the tests of a transport. */
    protected ConnectedTest(Transport transport) {
        this.transport = transport;
    }

    /** Listens, and connects near to far. */
    protected void open(Address address) {
        listener = transport.listen(address);
        near = transport.connect(address, SOON);
        far = listener.accept(SOON).orElseThrow();
    }

    /** Closes everything, as far as it is open; what nobody has read stays. */
    @AfterEach
    protected void close() {
        if (near != null) {
            near.close();
        }
        if (far != null) {
            far.close();
        }
        if (listener != null) {
            listener.close();
        }
    }
}
