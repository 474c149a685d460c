package org.ipckit.chronicle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.ipckit.transport.spi.Deadline;

/**
 * Looks at the files of a queue before Chronicle Queue maps them: it would take what is cut off for the end of the queue,
 * and what another version has written for something that is not finished yet.
 *
 * <p>Every file begins with a header of named fields, each name followed by a value of the length that the byte before it
 * says.
 */
final class QueueCheck {

    private static final String METADATA = ".cq4t";

    private static final int HEADER_BYTES = 512;

    /** The header's own length, with two bits that say that it is metadata and finished. */
    private static final int FINISHED_METADATA = 0x4000_0000;

    private static final int LENGTH_MASK = 0x3fff_ffff;

    /** What every header is called, after that word, what kind of name it is and how long. */
    private static final String NAME = "header";

    private static final int NAME_AT = Integer.BYTES + 2;

    private static final byte LONG_ARRAY = (byte) 0x8d;
    /** Plus the length, which is below 32. */
    private static final int SHORT_TEXT = 0xe0;

    private static final byte SMALL_NUMBER = (byte) 0xa1;
    private static final int DATA_FORMAT = 1;

    private static final Optional<String> UNFINISHED = Optional.of("it is truncated, or was never finished");

    private static final Duration MADE_WITHIN = Duration.ofSeconds(1);
    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private QueueCheck() {}

    /**
     * Checks the files that are in a folder; a file that is just being made has a second for that.
     *
     * @throws DamagedQueueException if one is damaged, or not of this version
     */
    static void requireReadable(Path folder) throws IOException {
        Deadline deadline = Deadline.after(MADE_WITHIN);
        for (Path file : files(folder)) {
            Optional<String> wrong = whatIsWrongWith(file);
            while (wrong.equals(UNFINISHED) && !deadline.expired()) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                wrong = whatIsWrongWith(file);
            }
            if (wrong.isPresent()) {
                throw new DamagedQueueException(file + ": " + wrong.get(), null);
            }
        }
    }

    /** Returns how the files of the queue in a folder are named, if there is one: that says how often it rolls. */
    static Optional<String> rollFormat(Path folder) throws IOException {
        Path metadata = folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
        if (!Files.exists(metadata)) {
            return Optional.empty();
        }
        String header = new String(beginning(metadata), ISO_8859_1);
        int name = header.indexOf("format");
        if (name < 0) {
            return Optional.empty();
        }
        int text = name + "format".length();
        int length = header.charAt(text) - SHORT_TEXT;
        return Optional.of(header.substring(text + 1, text + 1 + length));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(SingleChronicleQueue.SUFFIX)
                            || file.toString().endsWith(METADATA))
                    .toList();
        }
    }

    private static Optional<String> whatIsWrongWith(Path file) throws IOException {
        try {
            byte[] header = beginning(file);
            return file.toString().endsWith(METADATA)
                    ? whatIsWrongWithMetadata(header)
                    : whatIsWrongWithMessages(header, Files.size(file));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    private static byte[] beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEADER_BYTES);
        }
    }

    private static Optional<String> whatIsWrongWithMetadata(byte[] header) {
        return whatIsWrongWith(header)
                .or(() -> has(header, "STStore") && has(header, "SCQMeta") ? Optional.empty() : anotherVersion());
    }

    private static Optional<String> whatIsWrongWithMessages(byte[] header, long sizeBytes) {
        return whatIsWrongWith(header).or(() -> {
            int format = after(header, "dataFormat", SMALL_NUMBER);
            int positions = after(header, "writePosition", LONG_ARRAY);
            if (!has(header, "SCQStore") || format < 0 || positions < 0 || header[format] != DATA_FORMAT) {
                return anotherVersion();
            }
            // Two lengths come first.
            long last = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong(positions + 2 * Long.BYTES);
            return last < sizeBytes
                    ? Optional.empty()
                    : Optional.of("it is truncated: it has " + sizeBytes
                            + " bytes, and its last message begins at byte " + last);
        });
    }

    /** Tells what is wrong with any header. */
    private static Optional<String> whatIsWrongWith(byte[] header) {
        int word = header.length < Integer.BYTES
                ? 0
                : ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
        // Negative until all of it is written.
        if (word > 0 && header.length > NAME_AT + NAME.length() && !NAME.equals(nameIn(header))) {
            return anotherVersion();
        }
        boolean finished = (word & ~LENGTH_MASK) == FINISHED_METADATA
                && header.length >= Math.min(HEADER_BYTES, Integer.BYTES + (word & LENGTH_MASK));
        return finished ? Optional.empty() : UNFINISHED;
    }

    private static String nameIn(byte[] header) {
        return new String(header, NAME_AT, NAME.length(), ISO_8859_1);
    }

    private static Optional<String> anotherVersion() {
        return Optional.of("it is no file of a queue, or of another version of Chronicle Queue than the one here");
    }

    private static boolean has(byte[] header, String name) {
        return new String(header, ISO_8859_1).contains(name);
    }

    /** Returns where the value is that follows the name, -1 if there is none of this kind. */
    private static int after(byte[] header, String name, byte kind) {
        int at = new String(header, ISO_8859_1).indexOf(name);
        if (at < 0) {
            return -1;
        }
        at += name.length();
        // Values that are changed in place begin at a multiple of their size, and have padding before.
        int end = Math.min(header.length - 4 * Long.BYTES, at + 2 * Long.BYTES);
        while (at < end && header[at] != kind) {
            at++;
        }
        return at < end ? at + 1 : -1;
    }
}
