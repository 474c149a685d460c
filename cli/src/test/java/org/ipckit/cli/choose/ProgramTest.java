package org.ipckit.cli.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"false, Hello, shm://hello?wait=spin", "true, HelloTopic, redis-stream://127.0.0.1/hello"})
    void whatIsPrintedCompilesAndHasTheAddress(boolean topic, String name, String uri) throws Exception {
        List<String> program = Program.lines(topic, uri);
        Path file = Files.write(folder.resolve(name + ".java"), program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();

        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-proc:none"),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();

        assertTrue(compiled, complaints::toString);
        assertEquals("", complaints.toString());
        assertTrue(String.join("\n", program).contains('"' + uri + '"'), program::toString);
    }
}
