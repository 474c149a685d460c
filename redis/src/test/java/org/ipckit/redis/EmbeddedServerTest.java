package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.TransportUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server that is started where none is given. */
@Timeout(120)
class EmbeddedServerTest {

    private static final Address ADDRESS = Address.parse("redis://embedded/test");

    @TempDir
    private Path folder;

    private final List<Process> starters = new ArrayList<>();

    @AfterEach
    void endStarters() throws InterruptedException {
        for (Process starter : starters) {
            starter.destroyForcibly().waitFor();
        }
        eventually("all servers to end", () -> servers().isEmpty());
        EmbeddedServer.in(folder).stop();
    }

    @Test
    void whoNeedsItFirstStartsItAndOthersFindIt() throws Exception {
        EmbeddedServer here = EmbeddedServer.in(folder);
        here.ensureRunning(ADDRESS);
        long pid = here.pid();

        Process other = starter();
        here.ensureRunning(ADDRESS);

        assertEquals("started -1", said(other), "the other process has started none");
        assertEquals(pid, here.pid());
        assertEquals("+PONG", asked("PING"));
        here.stop();
    }

    @Test
    void itEndsWithItsStarterThoughThatIsKilled() throws Exception {
        Process starter = starter();
        long server = startedBy(starter);
        assertTrue(isAlive(server));

        starter.destroyForcibly().waitFor();

        eventually("the server to end", () -> !isAlive(server));
        eventually(() -> "only who owned it is left, there are: " + files(), () -> files().equals(
                        List.of("embedded.redis.owner")));
    }

    @Test
    void nothingIsLeftOfAStarterThatEnds() throws Exception {
        Process starter = starter();
        long server = startedBy(starter);

        starter.getOutputStream().close();
        starter.waitFor();

        eventually("the server to end", () -> !isAlive(server));
        eventually(() -> "no files, there are: " + files(), () -> files().isEmpty());
    }

    @Test
    void theNextStarterTakesThePlaceOfOneThatWasKilledTogetherWithTheShell() throws Exception {
        Process starter = starter();
        long server = startedBy(starter);
        ProcessHandle shell = ProcessHandle.of(server).orElseThrow().parent().orElseThrow();

        starter.toHandle().destroyForcibly();
        shell.destroyForcibly();
        starter.waitFor();
        EmbeddedServer here = EmbeddedServer.in(folder);
        here.ensureRunning(ADDRESS);

        assertNotEquals(server, here.pid());
        eventually("the old server to end", () -> !isAlive(server));
        assertEquals("+PONG", asked("PING"));
        here.stop();
        assertEquals(List.of(), files());
    }

    @Test
    void aServerThatDiedIsStartedAgain() throws Exception {
        EmbeddedServer here = EmbeddedServer.in(folder);
        here.ensureRunning(ADDRESS);
        long first = here.pid();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        eventually("the server to end", () -> !isAlive(first));
        here.ensureRunning(ADDRESS);

        assertNotEquals(first, here.pid());
        assertEquals("+PONG", asked("PING"));
        here.stop();
    }

    @Test
    void ofManyWhoStartAtOnceOneStarts() throws Exception {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(starter());
        }

        List<String> started = new ArrayList<>();
        for (Process each : all) {
            started.add(said(each));
        }

        assertEquals(2, started.stream().filter("started -1"::equals).count(), started.toString());
    }

    @Test
    void whereTheBundledOneDoesNotRunTheInstalledOneIsUsed() throws Exception {
        Path unpacked = folder.resolve("unpacked");
        Files.createDirectory(unpacked);
        Path installed = Files.createDirectory(folder.resolve("bin"));
        Files.writeString(installed.resolve("redis-server"), "#!/bin/sh\nexit 0\n");
        installed.resolve("redis-server").toFile().setExecutable(true);

        Path found = new RedisBinary(EmbeddedServerTest::broken, "/nowhere:" + installed).find(unpacked);

        assertEquals(installed.resolve("redis-server"), found);
    }

    @Test
    void whereNoneRunsTheReasonIsSaid() throws IOException {
        TransportUnavailableException refused = assertThrows(
                TransportUnavailableException.class,
                () -> new RedisBinary(EmbeddedServerTest::broken, "/nowhere").find(folder));

        assertTrue(refused.getMessage().contains("no such library"), refused.getMessage());
        assertTrue(refused.getMessage().contains("apt-get install redis-server"), refused.getMessage());
    }

    private static Path broken(Path folder) throws IOException {
        Path server = folder.resolve("broken-server");
        Files.writeString(server, "#!/bin/sh\necho no such library >&2\nexit 127\n");
        server.toFile().setExecutable(true);
        return server;
    }

    /** Another process that needs the server, and ends when its standard input does. */
    private Process starter() throws IOException {
        Process process = TestProcess.start(StarterMain.class, folder.toString());
        starters.add(process);
        return process;
    }

    private static String said(Process starter) throws IOException {
        return new BufferedReader(new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static long startedBy(Process starter) throws IOException {
        long pid = Long.parseLong(said(starter).substring("started ".length()));
        assertFalse(pid < 0);
        return pid;
    }

    private static boolean isAlive(long pid) {
        return ServerProcess.isRunning(pid);
    }

    private List<Long> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder + "/redis."))
                .filter(process -> process.pid() != EmbeddedServer.in(folder).pid())
                .filter(process -> !process.info().commandLine().orElse("").contains("sh -c"))
                .map(ProcessHandle::pid)
                .toList();
    }

    private List<String> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException refused) {
            throw new java.io.UncheckedIOException(refused);
        }
    }

    private String asked(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve(EmbeddedServer.SOCKET)));
            channel.write(StandardCharsets.US_ASCII.encode(command + "\r\n"));
            ByteBuffer answer = ByteBuffer.allocate(100);
            channel.read(answer);
            return StandardCharsets.US_ASCII.decode(answer.flip()).toString().strip();
        }
    }
}
