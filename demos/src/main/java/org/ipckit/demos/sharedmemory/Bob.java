package org.ipckit.demos.sharedmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.demos.Lesson;
import org.ipckit.sharedmemory.MappedMemory;

/** Prints the first line of Alice's memory whenever it is another one. */
public final class Bob {

    private Bob() {}

    public static void main(String[] args) throws IOException {
        Lesson.of("Bob");
        try (MappedMemory memory = open(Path.of("mmaptest"))) {
            Lesson.step("mapped %d bytes to read only", memory.size());
            String last = "";
            while (true) { // until Ctrl+C
                String line = firstLine(memory.bytes());
                if (!line.equals(last)) {
                    System.out.println(line);
                    last = line;
                }
                Lesson.pause(Duration.ofSeconds(1)); // nobody says when something has changed
            }
        }
    }

    private static MappedMemory open(Path file) throws IOException {
        try {
            return MappedMemory.openToRead(file);
        } catch (NoSuchFileException absent) {
            throw new IllegalStateException("there is no " + file + " here; Alice makes it, start her first", absent);
        }
    }

    private static String firstLine(ByteBuffer memory) {
        StringBuilder line = new StringBuilder();
        for (byte next = memory.get(); next != '\n' && memory.hasRemaining(); next = memory.get()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
