package org.ipckit.sharedmemory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Goes through the steps of a client by itself, each on demand: it may stop after any of them, or write what it likes. */
final class Stranger implements WritableByteChannel {

    private final SocketChannel socket;
    private FileChannel file;
    private ByteBuffer segment;
    private int written;

    /** Connects and says nothing. */
    Stranger(Path rendezvous) throws IOException {
        socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(rendezvous));
    }

    /** Says something, as a frame, and returns what is answered: one byte that says whether it is welcome, and words. */
    String greets(String words) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + words.length());
        socket.write(frame.putInt(words.length()).put(words.getBytes(UTF_8)).flip());
        ByteBuffer length = readFully(Integer.BYTES);
        return UTF_8.decode(readFully(length.getInt())).toString();
    }

    /** Greets as a client does and returns where the segment is. */
    Path isWelcome() throws IOException {
        String[] answer = greets("ipckit-shm 1 4096 0").split(" ", 4);
        return Path.of(answer[3]);
    }

    /** Maps the segment, which keeps its name. */
    Stranger maps(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        segment = file.map(MapMode.READ_WRITE, 0, file.size()).order(ByteOrder.nativeOrder());
        return this;
    }

    private ByteBuffer readFully(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new IOException("the listener has ended after " + bytes.position() + " bytes of " + count);
            }
        }
        return bytes.flip();
    }

    /** Returns the whole segment. */
    ByteBuffer segment() {
        return segment;
    }

    /** Takes the memory away under everybody. */
    void cutsShort(long size) throws IOException {
        file.truncate(size);
    }

    /** Writes to where the records to the listener are, from their beginning. */
    @Override
    public int write(ByteBuffer words) {
        int count = words.remaining();
        // Its last bytes first, as a word is there at once or not at all.
        for (int index = count - 1; index >= 0; index--) {
            segment.put(Layout.recordsToListener() + written + index, words.get(words.position() + index));
        }
        words.position(words.limit());
        written += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Dies: it says no goodbye. */
    @Override
    public void close() throws IOException {
        try (socket) {
            if (file != null) {
                file.close();
            }
        }
    }
}
