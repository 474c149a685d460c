package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.spi.PrivateFiles;

/**
 * One direction of a connection: folders with a number, each with a queue. The last is the one that is written to; those
 * before it are what earlier connections have left unread.
 */
record Lane(Path folder) {

    /** Returns the folder of a queue. */
    Path queue(long number) {
        return folder.resolve(String.valueOf(number));
    }

    /** Returns the numbers of the queues, the oldest first. */
    List<Long> numbers() throws IOException {
        try (Stream<Path> queues = Files.list(folder)) {
            return new ArrayList<>(queues.map(queue -> queue.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,18}"))
                    .map(Long::valueOf)
                    .sorted()
                    .toList());
        } catch (NoSuchFileException none) {
            return new ArrayList<>();
        }
    }

    /** Makes the folder of one more queue. */
    long add() throws IOException {
        PrivateFiles.folder(folder);
        List<Long> numbers = numbers();
        long next = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
        PrivateFiles.folder(queue(next));
        return next;
    }

    /** Gives a queue a name that nobody uses, under which it is left for somebody to look at; returns it. */
    Path keepAside(long number) throws IOException {
        Path aside = folder.resolve(number + ".damaged");
        return Files.move(queue(number), aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes a queue. */
    void remove(long number) throws IOException {
        Folders.delete(queue(number));
    }
}
