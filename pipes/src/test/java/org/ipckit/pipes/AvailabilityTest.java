package org.ipckit.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ipckit.transport.Availability;
import org.junit.jupiter.api.Test;

/** Asks in another JVM, where the native part is not what it is here. */
class AvailabilityTest {

    @Test
    void nativesThatDoNotLoadAreAReasonAndNoException() throws Exception {
        // An empty folder to load from, and none to extract to.
        List<String> words = available(
                System.getProperty("java.class.path"),
                "-Djffi.boot.library.path=/proc/self/nothing",
                "-Djffi.extract.dir=/proc/self/nothing");

        assertEquals("false", words.get(0));
        assertTrue(words.get(1).contains("jnr-ffi does not load"), words.get(1));
    }

    @Test
    void aMissingLibraryIsAReasonAndNoException() throws Exception {
        String withoutJnr = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jnr"))
                .collect(Collectors.joining(File.pathSeparator));

        List<String> words = available(withoutJnr);

        assertEquals("false", words.get(0));
        assertTrue(words.get(1).contains("jnr-ffi is not on the class path"), words.get(1));
    }

    private static List<String> available(String classPath, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }

    /** Prints whether it is available and why not. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            Availability availability = new PipeTransport().availability();
            System.out.println(availability.available());
            System.out.println(availability.reason());
        }
    }
}
