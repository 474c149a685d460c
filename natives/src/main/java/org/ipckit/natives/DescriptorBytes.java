package org.ipckit.natives;

import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.constants.platform.Errno;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * Reads and writes an open descriptor that does not wait (O_NONBLOCK), and allocates nothing. One thread may read while
 * another writes; whoever closes the descriptor makes sure that nobody is inside.
 */
public final class DescriptorBytes {

    /** Returned by {@link #read} when there is nothing and nobody who could write more. */
    public static final int END = -1;

    private static final int EINTR = Errno.EINTR.intValue();
    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final int EPIPE = Errno.EPIPE.intValue();

    private static final CLibrary<Calls> LIBRARY = CLibrary.load(Calls.class, "descriptors");

    /** What is called. */
    public interface Calls {
        /** Returns the number of bytes read. */
        long read(int descriptor, @Out ByteBuffer into, long count);

        /** Returns the number of bytes written. */
        long write(int descriptor, @In ByteBuffer from, long count);
    }

    private final Calls calls = LIBRARY.calls();
    private final int descriptor;
    private final Object name;

    /** Returns why nothing can be read or written here; empty if it can. */
    public static String reasonWhyNot() {
        return LIBRARY.reasonWhyNot();
    }

    /**
     * Takes a descriptor that is open, and stays whoever's it was.
     *
     * @param name what it is, in the words of whoever reads an error
     */
    public DescriptorBytes(int descriptor, Object name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    /**
     * Reads what is there.
     *
     * @param into direct
     * @return the number of bytes, 0 if there are none now or no room for any, {@link #END}
     */
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        int errno = 0;
        long count;
        do {
            count = calls.read(descriptor, into, into.remaining());
        } while (count < 0 && (errno = LIBRARY.errno()) == EINTR);
        if (count > 0) {
            into.position(into.position() + (int) count);
            return (int) count;
        }
        if (count == 0) {
            return END;
        }
        if (errno == EAGAIN) {
            return 0;
        }
        throw LIBRARY.failure("read", name);
    }

    /**
     * Writes what there is room for.
     *
     * @param from direct
     * @return the number of bytes, 0 if there is no room now
     * @throws BrokenPipeException if nobody reads any more
     */
    public int write(ByteBuffer from) throws IOException {
        if (!from.hasRemaining()) {
            return 0;
        }
        int errno = 0;
        long count;
        do {
            count = calls.write(descriptor, from, from.remaining());
        } while (count < 0 && (errno = LIBRARY.errno()) == EINTR);
        if (count >= 0) {
            from.position(from.position() + (int) count);
            return (int) count;
        }
        if (errno == EAGAIN) {
            return 0;
        }
        throw errno == EPIPE ? new BrokenPipeException(name.toString()) : LIBRARY.failure("write", name);
    }
}
