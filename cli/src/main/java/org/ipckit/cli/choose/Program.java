package org.ipckit.cli.choose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Programs to begin with: one for two sides, one for a topic. The tests compile what is printed. */
final class Program {

    private Program() {}

    /** Returns the lines of the one that fits, with this address. */
    static List<String> lines(boolean topic, String uri) {
        String name = topic ? "HelloTopic" : "Hello";
        String own = topic ? "redis://embedded/hello" : "uds://hello";
        try (InputStream program = Program.class.getResourceAsStream(name + ".java")) {
            return new String(program.readAllBytes(), UTF_8)
                    .replace(own, uri)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the program " + name + " cannot be read", unreadable);
        }
    }
}
