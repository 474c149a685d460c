package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The JDK's own file channels on a pair of FIFOs, blocking: {@code raw-pipe}. */
final class RawPipes implements Contender {

    private static final int OWNER_ONLY = 0600;

    private final int sizeBytes;

    RawPipes(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    @Override
    public String name() {
        return "raw-pipe";
    }

    @Override
    public Group group() {
        return Group.RAW;
    }

    @Override
    public Optional<String> unavailable() {
        return LibC.isAvailable()
                ? Optional.empty()
                : Optional.of("no FIFO can be made: " + LibC.LIBRARY.reasonWhyNot());
    }

    @Override
    public Optional<String> limit() {
        return Optional.of("fifo");
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.of("two FIFOs have no listener");
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        make(toFar(folder));
        make(toNear(folder));
        return new Entrance() {
            @Override
            public String place() {
                return folder.toString();
            }

            // Opening waits for the other end, so both ends open in the same order.
            @Override
            public Exchange accept() throws IOException {
                FileChannel in = FileChannel.open(toFar(folder), StandardOpenOption.READ);
                return new RawExchange(in, FileChannel.open(toNear(folder), StandardOpenOption.WRITE), sizeBytes);
            }

            @Override
            public void close() {
                // the FIFOs go with the folder
            }
        };
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        Path folder = Path.of(place);
        FileChannel out = FileChannel.open(toFar(folder), StandardOpenOption.WRITE);
        return new RawExchange(FileChannel.open(toNear(folder), StandardOpenOption.READ), out, sizeBytes);
    }

    private static Path toFar(Path folder) {
        return folder.resolve("to-far");
    }

    private static Path toNear(Path folder) {
        return folder.resolve("to-near");
    }

    private static void make(Path fifo) throws IOException {
        if (LibC.LIBRARY.calls().mkfifo(fifo.toString(), OWNER_ONLY) != 0) {
            throw LibC.LIBRARY.failure("mkfifo", fifo);
        }
    }
}
