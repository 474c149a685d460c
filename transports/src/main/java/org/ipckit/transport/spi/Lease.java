package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.Address;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Peer;

/**
 * One end of a connected Unix socket that stands beside a connection whose bytes go another way: it tells when the peer
 * is gone, and carries a ring from one side to the other.
 *
 * <p>The kernel ends it with the process, however that ends: true across pid namespaces and reused pids, within one JVM,
 * and unmoved by a peer that is only stopped. A side that closes says goodbye first, which tells its end from a loss. One
 * daemon thread of the JVM watches over all leases.
 *
 * <p>Any thread may call any method.
 */
public final class Lease implements Closeable {

    private static final byte RING = 1;
    private static final byte GOODBYE = 0;

    private final Address address;
    private final Optional<Peer> peer;
    private final Message answer;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer out = ByteBuffer.allocateDirect(1);
    private volatile Sleeper[] sleepers = {};
    private volatile Ending ending;
    private volatile boolean closed;
    private boolean goodbyePending;

    /** Takes the stream over, whose handshake is finished. */
    Lease(Address address, LeaseStream stream, Message answer) throws IOException {
        this.address = address;
        this.peer = stream.peer();
        this.answer = answer;
        this.channel = stream.socket();
        this.key = LeaseWatch.over(this, channel);
    }

    /**
     * Connects to the {@link LeaseListener} behind a file, and exchanges one greeting with it.
     *
     * @param hello at most {@value LeaseHandshake#MOST_BYTES} bytes
     * @throws org.ipckit.transport.ConnectFailedException if nobody took the connection in that time
     * @throws org.ipckit.transport.AccessDeniedException if the listener refuses, with its reason
     */
    public static Lease connect(Address address, Path file, Message hello, Duration timeout) {
        SocketFile.requireShort(address, file);
        // Whatever the attempts before came to, the stream that is returned is the last one's.
        LeaseHandshake[] greeting = new LeaseHandshake[1];
        ByteStream stream = Dialer.reach(address, timeout, deadline -> {
            LeaseStream reached = new LeaseStream(SocketFile.connect(address, file));
            greeting[0] = LeaseHandshake.ofClient(address, reached, hello);
            return new Newcomer(reached, greeting[0]);
        });
        try {
            return new Lease(address, (LeaseStream) stream, greeting[0].answer());
        } catch (IOException refused) {
            Streams.closeQuietly(stream);
            throw new MechanismException("connect to " + address + ": " + refused.getMessage(), refused);
        }
    }

    /** Returns what the listener has answered; the listener's own end has an empty one. */
    public Message answer() {
        return answer;
    }

    /** Returns who is at the other end, as far as the kernel says. */
    public Optional<Peer> peer() {
        return peer;
    }

    /** Names those who are woken when the peer rings or goes. What happened before wakes them at once. */
    public void wakes(Sleeper... those) {
        sleepers = those.clone();
        // One of them may have looked for what an earlier ring stood for before it was named here.
        wakeAll();
    }

    /**
     * Wakes the peer. Never waits; several rings may become one, and one to a peer that is gone is nothing.
     */
    public void ring() {
        // A full socket is no error: the bytes that fill it are rings which the peer has yet to hear.
        writing.lock();
        try {
            if (!closed) {
                write(RING);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Returns true once the peer has closed or its process is gone. */
    public boolean peerGone() {
        return ending != null;
    }

    /** Returns how the peer went: with a goodbye, or lost without one; empty while it is there. */
    public Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }

    /** Says goodbye and ends this side. It never waits: to a peer that takes nothing now the goodbye is said later. */
    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (write(GOODBYE)) {
                end();
            } else {
                goodbyePending = true;
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                LeaseWatch.wake(key);
            }
        } catch (CancelledKeyException peerIsGone) {
            end();
        } finally {
            writing.unlock();
        }
    }

    /** Looks at what has come; the thread of the watch. */
    void look(SelectionKey watched, ByteBuffer bytes) {
        boolean over = read(bytes);
        writing.lock();
        try {
            if (over) {
                watched.cancel();
            }
            if (goodbyePending && (over || write(GOODBYE))) {
                goodbyePending = false;
                end();
            }
        } finally {
            writing.unlock();
        }
        wakeAll();
    }

    /** Returns true if the peer will send no more. */
    private boolean read(ByteBuffer bytes) {
        try {
            int count = channel.read(bytes.clear());
            while (count > 0) {
                // Nothing follows a goodbye.
                if (bytes.get(count - 1) == GOODBYE) {
                    gone(Ending.goodbye());
                }
                count = channel.read(bytes.clear());
            }
            if (count < 0) {
                gone(Ending.loss("the peer's process has ended without a goodbye", null));
            }
            return count < 0;
        } catch (IOException reset) {
            gone(Ending.loss("the peer was lost: " + reset.getMessage(), reset));
            return true;
        }
    }

    /** The first reason stays; when this side has closed it is none. */
    private void gone(Ending reason) {
        if (ending == null && !closed) {
            ending = reason;
        }
    }

    /** Returns false if there is no room now. */
    private boolean write(byte what) {
        try {
            return channel.write(out.clear().put(0, what)) > 0;
        } catch (IOException peerIsGone) {
            // What the peer has said before is still to be read: the watch finds out how it went.
            return true;
        }
    }

    private void end() {
        Streams.closeQuietly(channel);
        // Only a select gives the descriptor back.
        LeaseWatch.wake(key);
    }

    private void wakeAll() {
        for (Sleeper sleeper : sleepers) {
            sleeper.wake();
        }
    }

    @Override
    public String toString() {
        return "Lease[" + address + "]";
    }
}
