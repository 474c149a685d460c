package org.ipckit.sockets;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.ipckit.transport.Address;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Newcomer;

/** A listening Unix socket of either provider. */
final class UnixAcceptor implements Acceptor {

    /** Takes the next connection of the kernel's queue; null if there is none. */
    @FunctionalInterface
    interface Queue {
        ByteStream next() throws IOException;
    }

    private final Address address;
    private final UnixAccess access;
    private final SelectableChannel channel;
    private final Queue queue;
    private final Closeable ownership;

    /** @param ownership closed before the channel: it removes the file while nobody else can have taken its place */
    UnixAcceptor(Address address, UnixAccess access, SelectableChannel channel, Queue queue, Closeable ownership) {
        this.address = address;
        this.access = access;
        this.channel = channel;
        this.queue = queue;
        this.ownership = ownership;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Newcomer accept() throws IOException {
        ByteStream stream = queue.next();
        if (stream == null) {
            return null;
        }
        try {
            access.require(address, stream.peer());
        } catch (RuntimeException refused) {
            stream.close();
            throw refused;
        }
        return new Newcomer(stream);
    }

    @Override
    public void close() throws IOException {
        try {
            ownership.close();
        } finally {
            channel.close();
        }
    }
}
