package org.ipckit.sharedmemory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.spi.PrivateFiles;
import org.ipckit.transport.spi.RunDirectory;

/**
 * Where one listener makes its segments, and how they are named: after the address, so that the next one there knows
 * what this one has left, and after the listener, so that it knows its own.
 */
final class SegmentFolder {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final String ofAddress;
    private final String ofListener;
    private final AtomicLong made = new AtomicLong();

    private SegmentFolder(Path folder, Path rendezvous) {
        this.folder = folder;
        CRC32 checksum = new CRC32();
        checksum.update(rendezvous.toString().getBytes(UTF_8));
        this.ofAddress = String.format("%08x-", checksum.getValue());
        this.ofListener = ofAddress + Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE) + "-";
    }

    /** Returns the one of a listener that clients meet at this file. */
    static SegmentFolder of(SharedMemoryOptions options, Path rendezvous) {
        return new SegmentFolder(options.folder().orElseGet(SegmentFolder::inMemory), rendezvous);
    }

    /** Returns the socket's file of an address: names are in memory too. */
    static Path rendezvous(Address address) {
        return RunDirectory.file(address, SegmentFolder::inMemory);
    }

    /** Returns this user's private folder in memory; a system without one has the run directory. */
    private static Path inMemory() {
        try {
            return Files.isDirectory(MEMORY)
                    ? PrivateFiles.folder(MEMORY.resolve("ipckit-" + PrivateFiles.uid()))
                    : RunDirectory.folder();
        } catch (IOException refused) {
            throw new AccessDeniedException("folder of shared memory: " + refused.getMessage(), refused);
        }
    }

    /** Returns the file of the next segment. */
    Path next() {
        return folder.resolve(ofListener + made.incrementAndGet() + ".segment");
    }

    /** Removes what listeners before this one have left. Only who owns the address may do so. */
    void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ofAddress + "*.segment")) {
            for (Path segment : left) {
                if (!segment.getFileName().toString().startsWith(ofListener)) {
                    Files.deleteIfExists(segment);
                }
            }
        }
    }
}
