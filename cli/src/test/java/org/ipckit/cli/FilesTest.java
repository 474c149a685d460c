package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are sent, and made of what has come. */
@Timeout(120)
class FilesTest {

    @TempDir
    private Path folder;

    private Path source;
    private Path copy;

    @BeforeEach
    void nameFiles() {
        source = folder.resolve("source");
        copy = folder.resolve("copy");
    }

    @ParameterizedTest
    @CsvSource({
        "inproc://files, 3000000",
        "inproc://files?max-message=1000, 123456",
        "uds://FOLDER/files, 3000000",
        "shm://FOLDER/files, 3000000",
        "shm://FOLDER/files, 65536",
        "pipe://FOLDER/files, 100000",
        "jsonfile://FOLDER/files, 100000",
        "uds://FOLDER/files, 1",
        "uds://FOLDER/files, 0"
    })
    void aFileArrivesAsItWas(String where, int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(source, content);
        String address = where.replace("FOLDER", folder.toString());

        Ipckit listen = new Ipckit().startListening("listen", address, "--out", copy.toString());
        Ipckit send = Ipckit.run("send", address, "--file", source.toString(), "--timeout", "30s");

        assertEquals(0, send.exitCode(), () -> send.err().toString());
        assertEquals(0, listen.awaitEnd().exitCode(), () -> listen.err().toString());
        assertArrayEquals(content, Files.readAllBytes(copy));
        assertEquals(List.of(), listen.out());
        assertEquals(1, listen.err().size(), () -> "a short transfer says nothing: " + listen.err());
    }

    @Test
    void aSenderThatIsLostLeavesAFileThatIsSaidToBeIncomplete() throws Exception {
        String address = "uds://" + folder.resolve("lost");
        Ipckit listen = new Ipckit().startListening("listen", address, "--out", copy.toString(), "--timeout", "1s");
        try (Connection sender = Transports.connect(address)) {
            sender.send(Message.utf8("half"));

            assertEquals(1, listen.awaitEnd().exitCode());
        }
        assertEquals("half", Files.readString(copy));
        String said = listen.err().get(listen.err().size() - 1);
        assertTrue(said.contains(copy + " is incomplete: 4 bytes in 1 message"), said);
    }

    @Test
    void aListenerToWhichNobodyComesSaysSo() throws Exception {
        Ipckit listen = new Ipckit()
                .startListening(
                        "listen", "inproc://" + UUID.randomUUID(), "--out", copy.toString(), "--timeout", "50ms");

        assertEquals(1, listen.awaitEnd().exitCode());
        assertTrue(
                listen.err().get(1).contains("nobody came"), () -> listen.err().toString());
    }

    @Test
    void aFileThatIsNotThereIsSaidBeforeAnythingIsConnected() throws Exception {
        Ipckit send = Ipckit.run("send", "inproc://nobody", "--file", source.toString());

        assertEquals(1, send.exitCode());
        assertEquals(List.of("ipckit: cannot read " + source + ": no such file or directory"), send.err());
    }

    @Test
    void aFileAndWhatBelongsToMessagesExcludeEachOther() throws Exception {
        assertEquals(2, Ipckit.run("send", "inproc://x", "text", "--file", "f").exitCode());
        assertEquals(
                2, Ipckit.run("send", "inproc://x", "--reply", "--file", "f").exitCode());
        assertEquals(
                2, Ipckit.run("listen", "inproc://x", "--echo", "--out", "f").exitCode());
        assertEquals(
                2,
                Ipckit.run("listen", "inproc://x", "--count", "1", "--out", "f").exitCode());
    }

    @Test
    void aLongTransferSaysEveryTwoSecondsHowFarItIs() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong(5);
        try (InputStream nothing = InputStream.nullInputStream()) {
            Progress progress = new Progress(
                    new Terminal(nothing, () -> false, new ByteArrayOutputStream(), err), "sent", 4 << 20, clock::get);
            for (int second = 0; second < 4; second++) {
                progress.add(1 << 20);
                clock.addAndGet(Duration.ofSeconds(1).toNanos());
            }
            progress.end();
        }
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertEquals(
                List.of("sent 3.0 MiB of 4.0 MiB, 1.5 MiB/s", "sent 4194304 bytes in 4 messages in 4 s, 1.0 MiB/s"),
                err.toString(UTF_8).lines().toList());
    }
}
