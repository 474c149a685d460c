package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.MechanismException;

/**
 * Makes one process at a time the listener of a file's address. The owner holds a lock on {@code FILE.owner}, which says
 * who it is; the kernel gives the lock back when the process ends, however that happens. What a dead owner left is then
 * the next one's to remove.
 */
public final class AddressOwnership implements Closeable {

    private static final Pattern SIGNATURE = Pattern.compile("pid (\\d+)\n(?:made (.+)\n)?.*", Pattern.DOTALL);
    private static final int SIGNATURE_BYTES = 256;
    private static final int ATTEMPTS = 100;

    /** The kernel's lock says nothing within one process, and closing any descriptor of the file would give it back. */
    private static final Set<Path> OWNED_HERE = new HashSet<>();

    private final Path file;
    private final Path ownerFile;
    private final FileChannel channel;
    private final Object ownerKey;
    private String leftKey;
    private Object madeKey;
    private boolean closed;

    private AddressOwnership(Path file, Path ownerFile, Locked locked) {
        this.file = file;
        this.ownerFile = ownerFile;
        this.channel = locked.channel();
        this.ownerKey = locked.key();
    }

    /** The lock, and the file that it is on as long as the channel is open. */
    private record Locked(FileChannel channel, Object key) {}

    /**
     * Becomes the owner.
     *
     * @throws AddressInUseException if a live process, or this one, owns it
     * @throws org.ipckit.transport.AccessDeniedException if we may not write beside the file
     */
    public static AddressOwnership take(Address address, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        Path ownerFile = folder.resolve(file.getFileName() + ".owner");
        try {
            // By its one real name: within this process the same file must not be opened by two ways that lead to it.
            return takeReal(address, file, folder.toRealPath().resolve(ownerFile.getFileName()));
        } catch (AccessDeniedException | NoSuchFileException refused) {
            throw new org.ipckit.transport.AccessDeniedException(
                    "listen on " + address + ": " + ownerFile + " cannot be made: "
                            + (refused instanceof NoSuchFileException
                                    ? "there is no folder " + folder
                                    : "permission denied"),
                    refused);
        } catch (IOException refused) {
            throw new MechanismException(
                    "listen on " + address + ": " + ownerFile + ": " + refused.getMessage(), refused);
        }
    }

    private static AddressOwnership takeReal(Address address, Path file, Path ownerFile) throws IOException {
        synchronized (OWNED_HERE) {
            if (!OWNED_HERE.add(ownerFile)) {
                throw new AddressInUseException("listen on " + address + ": process "
                        + ProcessHandle.current().pid() + " (this one) listens there");
            }
        }
        Locked locked = null;
        boolean taken = false;
        try {
            locked = lock(address, ownerFile);
            AddressOwnership ownership = new AddressOwnership(file, ownerFile, locked);
            ownership.signIn();
            taken = true;
            return ownership;
        } finally {
            if (!taken) {
                if (locked != null) {
                    locked.channel().close();
                }
                disown(ownerFile);
            }
        }
    }

    /** Makes something that only the owner of its address may make. */
    @FunctionalInterface
    public interface Making<T> {
        /** Makes it; the ownership is closed if this fails. */
        T with(AddressOwnership ownership) throws IOException;
    }

    /**
     * Becomes the owner and makes something with that; what is made closes the ownership.
     *
     * @throws AddressInUseException if a live process, or this one, owns it
     * @throws MechanismException if the system refuses what is to be made
     */
    public static <T> T taking(Address address, Path file, Making<T> making) {
        AddressOwnership ownership = take(address, file);
        boolean made = false;
        try {
            T it = making.with(ownership);
            made = true;
            return it;
        } catch (IOException refused) {
            throw new MechanismException("listen on " + address + ": " + refused.getMessage(), refused);
        } finally {
            if (!made) {
                Streams.closeQuietly(ownership);
            }
        }
    }

    private static Locked lock(Address address, Path ownerFile) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileChannel channel = FileChannel.open(
                    ownerFile,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    PrivateFiles.mode());
            boolean kept = false;
            try {
                if (channel.tryLock() == null) {
                    throw new AddressInUseException(
                            "listen on " + address + ": " + ownerIn(channel) + " listens there");
                }
                // The owner before us may have removed the file between our open and our lock: then we hold a lock
                // that nobody else will ever see.
                Object key = key(ownerFile, LinkOption.NOFOLLOW_LINKS);
                kept = key != null && isOpenHere(key);
                if (kept) {
                    return new Locked(channel, key);
                }
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
        throw new AddressInUseException("listen on " + address + ": others keep taking and leaving it");
    }

    /**
     * Returns true if a descriptor of this process is open on the file with this key. To ask the name before and after
     * would not do: the number of a file that was removed is soon another's.
     */
    private static boolean isOpenHere(Object key) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (key.equals(key(descriptor))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Object key(Path path, LinkOption... options) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, options)
                    .fileKey();
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /** Signs in place of the owner before us, who may have died; what that one made is remembered until we make ours. */
    private void signIn() throws IOException {
        Matcher before = signatureIn(channel);
        leftKey = before.matches() ? before.group(2) : null;
        sign(leftKey);
    }

    private void sign(Object made) throws IOException {
        byte[] signature = ("pid " + ProcessHandle.current().pid() + "\n" + (made == null ? "" : "made " + made + "\n"))
                .getBytes(StandardCharsets.UTF_8);
        // Not truncated first: if we were killed in between, nobody would know any more what the dead left.
        channel.write(ByteBuffer.wrap(signature), 0);
        channel.truncate(signature.length);
    }

    private static String ownerIn(FileChannel channel) throws IOException {
        Matcher signature = signatureIn(channel);
        return signature.matches() ? "process " + signature.group(1) : "another process";
    }

    private static Matcher signatureIn(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(SIGNATURE_BYTES);
        channel.read(text, 0);
        return SIGNATURE.matcher(StandardCharsets.UTF_8.decode(text.flip()));
    }

    /** Returns true if what is at the address now was made by an owner that died. */
    public boolean isLeftover() throws IOException {
        return leftKey != null && leftKey.equals(String.valueOf(key(file, LinkOption.NOFOLLOW_LINKS)));
    }

    /** Remembers the file that was just made as the one that {@link #close} removes. */
    public void made() throws IOException {
        madeAs(file);
    }

    /** As {@link #made}, for a file that has another name until it is moved or linked to the address. */
    public void madeAs(Path name) throws IOException {
        madeKey = key(name, LinkOption.NOFOLLOW_LINKS);
        sign(madeKey);
    }

    /** Removes what was made, if it is still the same file; the address stays ours until {@link #close}. */
    public synchronized void removeMade() throws IOException {
        if (madeKey != null && madeKey.equals(key(file, LinkOption.NOFOLLOW_LINKS))) {
            Files.deleteIfExists(file);
        }
    }

    /** Removes what was made, if it is still the same file, and lets the next owner in. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            removeMade();
            // Somebody may have swept the folder; then another process owns the address and the file of this name.
            if (ownerKey.equals(key(ownerFile, LinkOption.NOFOLLOW_LINKS))) {
                Files.deleteIfExists(ownerFile);
            }
        } finally {
            try {
                channel.close();
            } finally {
                disown(ownerFile);
            }
        }
    }

    private static void disown(Path ownerFile) {
        synchronized (OWNED_HERE) {
            OWNED_HERE.remove(ownerFile);
        }
    }
}
