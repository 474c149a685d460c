package org.ipckit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportRegistryTest {

    @TempDir
    Path folder;

    @Test
    void aBrokenProviderDoesNotTakeTheOthersWithIt() throws IOException {
        URL noServiceFile = serviceFile("first", "this line is not the name of a class");
        URL oneThatWorks = serviceFile(
                "second",
                "org.example.Absent",
                Sample.class.getName() + "$CannotBeMade",
                Sample.class.getName() + "$HasNoScheme",
                "java.lang.String",
                Sample.class.getName() + "$Works");
        URL[] urls = {noServiceFile, oneThatWorks};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            TransportRegistry registry = TransportRegistry.load(loader);

            assertEquals(
                    "inproc, works",
                    registry.mechanisms().stream().map(Mechanism::scheme).collect(Collectors.joining(", ")));
        }
    }

    private URL serviceFile(String name, String... lines) throws IOException {
        Path root = folder.resolve(name);
        Path file = root.resolve("META-INF/services/org.ipckit.transport.Mechanism");
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
        return root.toUri().toURL();
    }
}
