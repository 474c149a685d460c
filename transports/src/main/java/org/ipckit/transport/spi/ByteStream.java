package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import org.ipckit.transport.Peer;

/**
 * A two-way stream of bytes that never blocks: what the kernel gives for a socket or a pair of FIFOs.
 *
 * <p>One thread may read while another writes. {@code close} is called once, when no thread is inside.
 */
public interface ByteStream extends Closeable {

    /** Reads what is there; returns the number of bytes, 0 if there are none now, -1 at the end of the stream. */
    int read(ByteBuffer into) throws IOException;

    /** Writes what there is room for and returns the number of bytes, 0 if there is no room now. */
    int write(ByteBuffer from) throws IOException;

    /** Moves on what {@code write} took and still holds in this process; returns true when nothing is left. */
    default boolean flush() throws IOException {
        return true;
    }

    /**
     * Says the goodbye that the stream has, if it has one, and moves it on as {@code flush} does; returns true when
     * nothing is left. Nothing is written afterwards; it may be called until it returns true.
     */
    default boolean sayGoodbye() throws IOException {
        return flush();
    }

    /** Returns the channel that becomes readable when {@code read} may give something. */
    SelectableChannel readable();

    /** Returns the channel that becomes writable when {@code write} or {@code flush} may move something. */
    SelectableChannel writable();

    /** Returns who is at the other end, as far as the kernel says. */
    default Optional<Peer> peer() {
        return Optional.empty();
    }
}
