package org.ipckit.demos.mistakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipckit.files.FileLocks;
import org.ipckit.files.HeldLock;

/** Two writers add to a number in a file: without a lock, and with one. */
public final class LostUpdate {

    private static final int EACH = 500;
    private static final Path FILE = Path.of("number");

    private LostUpdate() {}

    public static void main(String[] args) throws Exception {
        System.out.println("2 x " + EACH + " additions without the lock: " + total(LostUpdate::addOne));
        System.out.println("2 x " + EACH + " additions with the lock:    " + total(LostUpdate::addOneLocked));
        Files.delete(FILE);
        FileLocks.beside(FILE).remove();
    }

    private static void addOne() {
        try {
            int number = Integer.parseInt("0" + Files.readString(FILE).strip()); // empty while the other writes it
            Files.writeString(FILE, String.valueOf(number + 1));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void addOneLocked() {
        try (HeldLock held = FileLocks.beside(FILE).acquire()) {
            addOne();
            held.requireHeld();
        }
    }

    /** Two threads stand for two programs: for the file and its lock there is no difference. */
    private static String total(Runnable addition) throws IOException, InterruptedException {
        Files.writeString(FILE, "0");
        Thread other = new Thread(() -> repeat(addition));
        other.start();
        repeat(addition);
        other.join();
        return Files.readString(FILE);
    }

    private static void repeat(Runnable addition) {
        for (int i = 0; i < EACH; i++) {
            addition.run();
        }
    }
}
