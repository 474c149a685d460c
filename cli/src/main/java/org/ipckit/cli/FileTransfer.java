package org.ipckit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;

/**
 * A file as the bytes of many messages, one after the other; it is whole when the sender has said goodbye. One thread uses
 * it.
 */
final class FileTransfer {

    /** Large enough that the messages cost nothing, small enough that one is written while another is read. */
    private static final int PIECE_BYTES = 64 << 10;

    private static final int BATCH = 16;

    private final Main main;
    private final Path file;

    FileTransfer(Main main, Path file) {
        this.main = main;
        this.file = file;
    }

    /** Refuses an address of a transport that may lose some of the messages. */
    void requireReliable(Address address) {
        Delivery delivery =
                main.registry().transport(address).capabilities(address).delivery();
        if (delivery != Delivery.RELIABLE) {
            throw new CommandFailedException("a file needs every message once and in order, and " + address.scheme()
                    + " delivers " + delivery.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    /** Opens the file to send it; before anything is connected. */
    FileChannel open() {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException refused) {
            throw failed("read", refused);
        }
    }

    /** Sends what the file holds, straight into the memory that the connection lends. */
    void send(FileChannel from, Connection connection) {
        int piece = Math.min(PIECE_BYTES, connection.capabilities().maxMessageSize());
        try {
            Progress progress = new Progress(main.terminal(), "sent", from.size(), System::nanoTime);
            int size = 0;
            while (size >= 0) {
                try (Claim claim = connection.claim(piece, Waits.FOREVER)) {
                    size = from.read(claim.buffer());
                    if (size > 0) {
                        claim.commit(size);
                        progress.add(size);
                    }
                }
            }
            connection.flush();
            progress.end();
        } catch (IOException refused) {
            throw failed("read", refused);
        }
    }

    /**
     * Accepts one sender and writes what it sends.
     *
     * @param timeout the longest time in which nothing comes
     */
    void receive(Listener listener, Duration timeout) {
        try (FileChannel to = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                Connection connection = listener.accept(timeout)
                        .orElseThrow(() -> new CommandFailedException("nobody came to " + listener.address()
                                + " within " + Durations.words(timeout) + " (--timeout)"))) {
            // One file, one sender: who comes next is told that nobody listens.
            listener.close();
            Progress progress = new Progress(main.terminal(), "received", -1, System::nanoTime);
            try {
                takeAll(connection, timeout, to, progress);
                throw new CommandFailedException("nothing came for " + Durations.words(timeout) + " (--timeout); "
                        + file + " is incomplete: " + progress);
            } catch (ConnectionClosedException ended) {
                if (ended.by() != By.PEER) {
                    throw new CommandFailedException(
                            ended.getMessage() + "; " + file + " is incomplete: " + progress, ended);
                }
            }
            progress.end();
        } catch (UncheckedIOException refused) {
            throw failed("write", refused.getCause());
        } catch (IOException refused) {
            throw failed("write", refused);
        }
    }

    /** Returns only when nothing has come for that long; the end is an exception. */
    private static void takeAll(Connection connection, Duration longest, FileChannel to, Progress progress) {
        Optional<Message> next = connection.receive(longest);
        while (next.isPresent()) {
            write(next.get().asByteBuffer(), to, progress);
            int taken = BATCH;
            while (taken == BATCH) {
                taken = connection.poll(message -> write(message, to, progress), BATCH);
            }
            next = connection.receive(longest);
        }
    }

    private static void write(ByteBuffer message, FileChannel to, Progress progress) {
        int size = message.remaining();
        try {
            while (message.hasRemaining()) {
                to.write(message);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        progress.add(size);
    }

    private CommandFailedException failed(String operation, IOException refused) {
        return new CommandFailedException("cannot " + operation + " " + file + ": " + reason(refused), refused);
    }

    private static String reason(IOException refused) {
        if (refused instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (refused instanceof AccessDeniedException) {
            return "permission denied";
        }
        return refused instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : refused.getMessage();
    }
}
