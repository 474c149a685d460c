package org.ipckit.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jnr.ffi.annotations.Variadic;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CLibraryTest {

    private static final int GET_NO_NEW_PRIVILEGES = 39;
    private static final Map<String, Long> PRCTL = Map.of("amd64", 157L, "aarch64", 167L);

    private final CLibrary<Calls> library = CLibrary.load(Calls.class, "calls of a test");

    @TempDir
    private Path folder;

    public interface Calls {
        int mkdir(String path, int mode);

        int rmdir(String path);

        @Variadic(fixedCount = 1)
        long syscall(long number, long a, long b, long c, long d, long e);
    }

    public interface LosesOne {
        long syscall(long number, long a, long b, long c, long d, long e);
    }

    @Test
    void aVariadicCallOfSixNumbersKeepsThemAll() {
        Long prctl = PRCTL.get(System.getProperty("os.arch"));
        Required.that(prctl != null, "the number of prctl is not known for " + System.getProperty("os.arch"));

        // This call is refused with EINVAL unless its last four arguments are zero.
        assertEquals(0, library.calls().syscall(prctl, GET_NO_NEW_PRIVILEGES, 0, 0, 0, 0));
        assertEquals(-1, library.calls().syscall(prctl, GET_NO_NEW_PRIVILEGES, 0, 0, 0, 1));
    }

    @Test
    void aCallThatWouldLoseItsLastArgumentIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> CLibrary.load(LosesOne.class, "calls of a test"));

        assertTrue(refused.getMessage().contains("variadic"), refused::getMessage);
    }

    @Test
    void nativesThatDoNotLoadAreAReason() throws Exception {
        // A folder to load from that is not there, and none to extract to.
        String reason = reasonInAnotherJvm(
                System.getProperty("java.class.path"),
                "-Djffi.boot.library.path=/proc/self/nothing",
                "-Djffi.extract.dir=/proc/self/nothing");

        assertTrue(reason.startsWith("the native part of jnr-ffi does not load here: "), reason);
    }

    @Test
    void aMissingLibraryIsAReason() throws Exception {
        String withoutJnr = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jnr-ffi"))
                .collect(Collectors.joining(File.pathSeparator));

        String reason = reasonInAnotherJvm(withoutJnr);
        assertTrue(reason.startsWith("jnr-ffi is not on the class path: "), reason);
    }

    @Test
    void anotherSystemIsAReason() throws Exception {
        String reason = reasonInAnotherJvm(System.getProperty("java.class.path"), "-Dos.name=Plan 9");

        assertEquals("calls of a test are used here as Linux has them, and this is Plan 9", reason);
    }

    private static String reasonInAnotherJvm(String classPath, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jvm.waitFor(), said);
        return said;
    }

    /** Prints why nothing can be called; fails if it can. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            CLibrary<DescriptorBytes.Calls> library = CLibrary.load(DescriptorBytes.Calls.class, "calls of a test");
            System.out.print(library.reasonWhyNot());
            try {
                library.calls();
                System.exit(1);
            } catch (IllegalStateException expected) {
                System.exit(expected.getMessage().equals(library.reasonWhyNot()) ? 0 : 1);
            }
        }
    }

    @Test
    void errorsAreThoseOfTheJdk() throws IOException {
        Path here = Files.createDirectory(folder.resolve("here"));
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertInstanceOf(FileAlreadyExistsException.class, failureOf(here));
        assertInstanceOf(NoSuchFileException.class, failureOf(folder.resolve("absent/inside")));
        assertInstanceOf(FileSystemLoopException.class, failureOf(loop.resolve("inside")));
    }

    @Test
    void anErrorTheJdkHasNoNameForSaysWhatFailedWhereAndWhy() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertEquals(-1, library.calls().rmdir(file.toString()));
        assertEquals(
                "rmdir of " + file + ": Not a directory (ENOTDIR)",
                library.failure("rmdir", file).getMessage());
    }

    private IOException failureOf(Path path) {
        assertEquals(-1, library.calls().mkdir(path.toString(), 0700));
        return library.failure("mkdir", path);
    }
}
