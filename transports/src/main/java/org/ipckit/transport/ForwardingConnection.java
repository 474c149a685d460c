package org.ipckit.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Passes every call on to another connection: the base of decorators, which override what they change. */
public abstract class ForwardingConnection implements Connection {

    private final Connection delegate;

    protected ForwardingConnection(Connection delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the connection that calls are passed on to. */
    protected final Connection delegate() {
        return delegate;
    }

    @Override
    public boolean offer(ByteBuffer message, Duration timeout) {
        return delegate.offer(message, timeout);
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        return delegate.receive(timeout);
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        return delegate.poll(handler, limit);
    }

    @Override
    public int poll(MessageHandler handler, int limit, Duration timeout) {
        return delegate.poll(handler, limit, timeout);
    }

    @Override
    public Claim claim(int sizeBytes, Duration timeout) {
        return delegate.claim(sizeBytes, timeout);
    }

    @Override
    public void flush() {
        delegate.flush();
    }

    @Override
    public boolean isOpen() {
        return delegate.isOpen();
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public Address address() {
        return delegate.address();
    }

    @Override
    public Capabilities capabilities() {
        return delegate.capabilities();
    }

    @Override
    public Optional<Peer> peer() {
        return delegate.peer();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + delegate + "]";
    }
}
