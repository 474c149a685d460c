package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Message;
import org.ipckit.transport.WaitStrategy;
import org.junit.jupiter.api.AfterEach;

/** A connection over an outbox and an inbox whose doings the test rules; it has to be given back once. */
abstract class DuplexFixture {

    static final Message HELLO = Message.utf8("hello");

    final ScriptedOutbox outbox = new ScriptedOutbox();
    final ScriptedInbox inbox = new ScriptedInbox();
    final AtomicInteger released = new AtomicInteger();
    final Workers workers = new Workers();
    final DuplexConnection connection = connection(WaitStrategy.BLOCK);

    /** Makes another one over the same two. */
    DuplexConnection connection(WaitStrategy wait) {
        return new DuplexConnection(
                Address.parse("test://here"),
                Capabilities.reliable(100),
                wait,
                outbox,
                outbox.sleeper,
                inbox,
                inbox.sleeper,
                released::incrementAndGet,
                Optional.empty());
    }

    static By closedBy(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(ConnectionClosedException.class, call).by();
    }

    static ByteBuffer hello() {
        return HELLO.asByteBuffer();
    }

    @AfterEach
    void nothingIsLeft() {
        Thread.interrupted();
        outbox.broken = null;
        outbox.letGo();
        connection.close();
        workers.close();
        assertEquals(1, released.get(), "released");
    }
}
