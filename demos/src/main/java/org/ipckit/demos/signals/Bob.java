package org.ipckit.demos.signals;

import java.nio.file.Path;
import org.ipckit.demos.Lesson;
import org.ipckit.signals.PidDirectory;
import org.ipckit.signals.Signals;

/** A client: enters the directory of pids, and knows from then on whether the service is up. */
public final class Bob {

    private static volatile boolean running = true;

    private Bob() {}

    public static void main(String[] args) throws InterruptedException {
        Lesson.of("Bob");
        Words words = Words.of(args);

        // First of all, for a signal that nobody handles ends the process.
        Signals.handle(words.up(), () -> change(true));
        Signals.handle(words.down(), () -> change(false));
        Lesson.step("handling SIG%s and SIG%s", words.up(), words.down());

        PidDirectory.Entry entry = PidDirectory.at(Path.of("pids")).enter();
        Lesson.atEnd(entry::close); // removes the file
        Lesson.step("entered as %s", entry.file());
        System.out.println("The service is " + (running ? "up" : "down") + " as far as I know");

        Thread.currentThread().join(); // until Ctrl+C
    }

    private static void change(boolean up) {
        running = up;
        System.out.println("The service is " + (up ? "up" : "down"));
    }
}
