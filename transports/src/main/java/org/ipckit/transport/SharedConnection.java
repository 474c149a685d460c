package org.ipckit.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.spi.Deadline;

/** A connection for any number of threads; see {@link Connections#shared}. */
final class SharedConnection extends ForwardingConnection {

    private final ReentrantLock sending = new ReentrantLock(true);
    private final ReentrantLock receiving = new ReentrantLock(true);

    SharedConnection(Connection delegate) {
        super(delegate);
    }

    @Override
    public boolean offer(ByteBuffer message, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (!deadline.lock(sending, "offer to", address())) {
            return false;
        }
        try {
            return delegate().offer(message, deadline.remaining());
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void flush() {
        Deadline.NEVER.lock(sending, "flush to", address());
        try {
            delegate().flush();
        } finally {
            sending.unlock();
        }
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (!deadline.lock(receiving, "receive from", address())) {
            return Optional.empty();
        }
        try {
            return delegate().receive(deadline.remaining());
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        if (!receiving.tryLock()) {
            return 0;
        }
        try {
            return delegate().poll(handler, limit);
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public Claim claim(int sizeBytes, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (!deadline.lock(sending, "claim on", address())) {
            return null;
        }
        Claim claim = null;
        try {
            claim = delegate().claim(sizeBytes, deadline.remaining());
            return claim == null ? null : new SharedClaim(claim);
        } finally {
            if (claim == null) {
                sending.unlock();
            }
        }
    }

    /** Holds the sending direction from the claim to its end. */
    private final class SharedClaim implements Claim {

        private final Claim claim;
        private boolean open = true;

        SharedClaim(Claim claim) {
            this.claim = claim;
        }

        @Override
        public ByteBuffer buffer() {
            return claim.buffer();
        }

        @Override
        public void commit(int sizeBytes) {
            if (!open) {
                throw new IllegalStateException("commit on " + address() + ": the claim is no longer open");
            }
            claim.commit(sizeBytes);
            release();
        }

        @Override
        public void close() {
            if (open) {
                claim.close();
                release();
            }
        }

        private void release() {
            open = false;
            sending.unlock();
        }
    }
}
