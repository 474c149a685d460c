package org.ipckit.demos.files;

import java.nio.file.Path;
import org.ipckit.demos.Lesson;
import org.ipckit.files.Arithmetic;
import org.ipckit.files.CommandFile;
import org.ipckit.files.CommandServer;

/** Runs the commands that others write into shared.json, and writes the results beside them. */
public final class Alice {

    private Alice() {}

    public static void main(String[] args) throws InterruptedException {
        Lesson.of("Alice");
        CommandFile shared = CommandFile.at(Path.of("shared.json"));

        // Writes {"commands": {}}, looks whenever the file changes, and reads and writes it under shared.json.lock
        // only.
        CommandServer alice = shared.serve(Arithmetic.commands(), new Log());
        Lesson.atEnd(alice::close); // removes both files
        Lesson.step("wrote %s, 16 bytes, under the lock shared.json.lock", shared.path());

        Thread.currentThread().join(); // until Ctrl+C
    }

    private static final class Log implements CommandServer.Observer {

        @Override
        public void fileChanged(long fromBytes, long toBytes) {
            System.out.println(
                    "File has changed from " + fromBytes + " to " + toBytes + " bytes, lets see what they want to do!");
            Lesson.step(
                    "process %d holds the lock while it reads",
                    ProcessHandle.current().pid());
        }

        @Override
        public void running(String call) {
            System.out.println("running command " + call);
            Lesson.step("nobody holds the lock while the command runs");
        }
    }
}
