package org.ipckit.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.spi.Deadline;

/** A connection for any number of threads; see {@link Connections#shared}. */
final class SharedConnection extends ForwardingConnection {

    private final Turns sending = new Turns();
    private final Turns receiving = new Turns();

    SharedConnection(Connection delegate) {
        super(delegate);
    }

    @Override
    public boolean offer(ByteBuffer message, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (!sending.await("offer to", address(), deadline)) {
            return false;
        }
        try {
            return delegate().offer(message, deadline.remaining());
        } finally {
            sending.pass();
        }
    }

    @Override
    public void flush() {
        sending.await("flush to", address(), Deadline.NEVER);
        try {
            delegate().flush();
        } finally {
            sending.pass();
        }
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (!receiving.await("receive from", address(), deadline)) {
            return Optional.empty();
        }
        try {
            return delegate().receive(deadline.remaining());
        } finally {
            receiving.pass();
        }
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        if (!receiving.await("poll of", address(), Deadline.OVER)) {
            return 0;
        }
        try {
            return delegate().poll(handler, limit);
        } finally {
            receiving.pass();
        }
    }

    @Override
    public Claim claim(int sizeBytes, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (!sending.await("claim on", address(), deadline)) {
            return null;
        }
        Claim claim = null;
        try {
            claim = delegate().claim(sizeBytes, deadline.remaining());
            return claim == null ? null : new SharedClaim(claim);
        } finally {
            if (claim == null) {
                sending.pass();
            }
        }
    }

    @Override
    public void close() {
        // Who waits for its turn is woken as well as who waits inside.
        sending.end();
        receiving.end();
        delegate().close();
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
                try {
                    claim.close();
                } finally {
                    release();
                }
            }
        }

        private void release() {
            open = false;
            sending.pass();
        }
    }
}
