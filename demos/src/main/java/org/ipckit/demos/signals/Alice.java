package org.ipckit.demos.signals;

import java.nio.file.Path;
import org.ipckit.demos.Lesson;
import org.ipckit.signals.PidDirectory;
import org.ipckit.signals.SignalReport;
import org.ipckit.signals.Signals;

/** A service: signals to everybody in a directory of pids that it is up, and at its end that it is down. */
public final class Alice {

    private Alice() {}

    public static void main(String[] args) throws InterruptedException {
        Lesson.of("Alice");
        Words words = Words.of(args);
        PidDirectory clients = PidDirectory.at(Path.of("pids"));

        Lesson.atEnd(() -> tell(clients, words.down(), "down")); // not after kill -9: nobody is told then
        tell(clients, words.up(), "up");

        Thread.currentThread().join(); // until Ctrl+C
    }

    /** The file names are the pids. A signal has no words: which one it is says everything. */
    private static void tell(PidDirectory clients, String signal, String state) {
        Lesson.step(
                "sending SIG%s, which is signal %d, to each pid in %s",
                signal, Signals.use(signal).number(), clients);
        SignalReport told = clients.signal(signal);
        System.out.println("The service is " + state + ", clients told: "
                + told.signalled().size());
        told.skipped()
                .forEach(skipped ->
                        System.out.println("passed over " + skipped.file().getFileName() + ": " + skipped.text()));
    }
}
