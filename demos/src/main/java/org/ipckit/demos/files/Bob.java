package org.ipckit.demos.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ipckit.demos.Lesson;
import org.ipckit.files.CommandFile;

/** Writes three commands into shared.json, one after the other, and waits for what comes of each. */
public final class Bob {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final CommandFile SHARED = CommandFile.at(Path.of("shared.json"));

    private Bob() {}

    public static void main(String[] args) {
        Lesson.of("Bob");
        // The article multiplies 2 by 5 and says that it multiplies 8 by 5.
        int factor = args.length > 0 && args[0].equals("--as-published") ? 2 : 8;

        System.out.println("Lets add 2 and 5: " + ask("add", 2, 5));
        System.out.println("Lets multiply 8 and 5: " + ask("multiply", factor, 5));
        System.out.println("Lets break it and cause an exception!");
        ask("add", "bad", "data");
    }

    /** The command has an id that nobody else has, so that the answer is found beside those of others. */
    private static Object ask(String command, Object... arguments) {
        String id = SHARED.submit(command, List.of(arguments), PATIENCE);
        Lesson.step("wrote the command %s into %s, under the lock", id, SHARED.path());
        CommandFile.Result result = SHARED.answer(id, PATIENCE)
                .orElseThrow(() -> new IllegalStateException("nobody has answered within " + PATIENCE));
        Lesson.step("read the answer, under the lock");
        return result.value();
    }
}
