package org.ipckit.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ipckit.transport.spi.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a listener's connections. What two sides have left that are closed or dead is removed; a file with messages
 * that nobody has read becomes that of the next connection. Any thread may call any method.
 */
final class ConnectionFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFiles.class);
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})(?:\\.json|\\.cbor)?");
    private static final int ATTEMPTS = 100;

    private final Path folder;
    private final Format format;
    private final boolean durable;
    private long lastNumber;

    /** @param address the listener's own file */
    ConnectionFiles(Path address, Format format, boolean durable) {
        this.folder = folderOf(address);
        this.format = format;
        this.durable = durable;
    }

    static Path folderOf(Path address) {
        return address.resolveSibling(address.getFileName() + ".connections");
    }

    Format format() {
        return format;
    }

    /** Makes the file of a new connection. */
    synchronized ConnectionFile create() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                PrivateFiles.folder(folder);
                return create(nextPlace());
            } catch (NoSuchFileException folderWasRemoved) {
                LOG.debug("{} was removed by the last of the connections before, and is made again", folder);
            }
        }
        throw new IOException(folder + " is removed again and again");
    }

    private ConnectionPlace nextPlace() throws IOException {
        while (true) {
            lastNumber = Math.max(lastNumber, highestNumber()) + 1;
            ConnectionPlace place = new ConnectionPlace(folder, lastNumber, format);
            try {
                place.create();
                return place;
            } catch (FileAlreadyExistsException taken) {
                LOG.debug("{} is there already", place.file());
            }
        }
    }

    private long highestNumber() throws IOException {
        SortedSet<Long> numbers = numbers();
        return numbers.isEmpty() ? 0 : numbers.last();
    }

    private ConnectionFile create(ConnectionPlace place) throws IOException {
        boolean created = false;
        try {
            ConnectionFile file = ConnectionFile.create(place, inherited(place), durable);
            created = true;
            return file;
        } finally {
            if (!created) {
                place.delete();
            }
        }
    }

    /** Returns what the oldest of those has left that are gone, if anybody has left anything. */
    private Conversation inherited(ConnectionPlace heir) throws IOException {
        for (ConnectionPlace place : places()) {
            Optional<Conversation> left = place.number() == heir.number() ? Optional.empty() : left(place, heir);
            if (left.isPresent()) {
                left.get().toListener().setClosed(false);
                left.get().toClient().setClosed(false);
                return left.get();
            }
        }
        return Conversation.begun();
    }

    /** Removes what nobody uses any more and nobody needs. */
    synchronized void sweep() throws IOException {
        for (ConnectionPlace place : places()) {
            left(place, null);
        }
    }

    /**
     * Returns what is unread at a place that nobody uses, whose file is the heir's then; removes the place if there is
     * nothing.
     *
     * @param heir null to leave what is unread where it is
     */
    private Optional<Conversation> left(ConnectionPlace place, ConnectionPlace heir) throws IOException {
        try (LockFile users = LockFile.open(place.users())) {
            if (!users.tryFlock(LockFile.Mode.EXCLUSIVE)) {
                return Optional.empty();
            }
            Optional<Conversation> unread = unread(place);
            if (unread.isEmpty()) {
                place.delete();
            } else if (heir != null) {
                // Under its new name before the old place is gone: killed at any instant, nothing is lost.
                Files.move(place.file(), heir.file(), StandardCopyOption.ATOMIC_MOVE);
                place.delete();
            }
            return unread;
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    private static Optional<Conversation> unread(ConnectionPlace place) throws IOException {
        try (ReplacedFile file = new ReplacedFile(place.file(), place.next(Side.LISTENER), false)) {
            try {
                return Optional.of(place.format().read(file.read())).filter(conversation -> !conversation.isRead());
            } catch (DamagedFileException damaged) {
                LOG.warn("{} is damaged: {}; it is kept as {}", place.file(), damaged.getMessage(), file.keepAside());
                return Optional.empty();
            }
        } catch (NoSuchFileException neverWritten) {
            return Optional.empty();
        }
    }

    private List<ConnectionPlace> places() throws IOException {
        return numbers().stream()
                .map(number -> new ConnectionPlace(folder, number, formatOf(number)))
                .toList();
    }

    /** Returns how the file is written that is there: the listener before may have had another format. */
    private Format formatOf(long number) {
        return Stream.of(Format.values())
                .filter(each -> Files.exists(new ConnectionPlace(folder, number, each).file()))
                .findFirst()
                .orElse(format);
    }

    /** Returns the numbers that are in use, the oldest first. */
    private SortedSet<Long> numbers() throws IOException {
        SortedSet<Long> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .forEach(name -> numbers.add(Long.valueOf(name.group(1))));
        } catch (NoSuchFileException noConnectionYet) {
            return numbers;
        }
        return numbers;
    }
}
