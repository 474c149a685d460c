package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsonFileTransportTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int KILLS = 8;

    private final JsonFileTransport transport = new JsonFileTransport();

    @TempDir
    private Path folder;

    private Listener listener;
    private Connection near;
    private Connection far;

    private Address address() {
        return Address.parse("jsonfile://" + folder.resolve("c"));
    }

    private Path file(String name) {
        return folder.resolve("c.connections").resolve(name);
    }

    private FileLocks locks() {
        return FileLocks.at(file("1").resolve("lock"));
    }

    /** Connects near to far. */
    private void open(Address address) {
        listener = transport.listen(address);
        near = transport.connect(address, SOON);
        far = listener.accept(SOON).orElseThrow();
    }

    @AfterEach
    void close() {
        for (AutoCloseable each : new AutoCloseable[] {near, far, listener}) {
            if (each != null) {
                closeQuietly(each);
            }
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void theRegistryFindsIt() {
        assertTrue(ServiceLoader.load(Mechanism.class).stream()
                .anyMatch(each -> each.type().equals(JsonFileTransport.class)));
        assertEquals("jsonfile", transport.scheme());
        assertTrue(
                transport.availability().available(), transport.availability().reason());
    }

    // ---------------------------------------------------------------- the file

    @Test
    void aPersonCanReadWhatIsOnItsWay() throws Exception {
        open(address());

        near.send(Message.utf8("hello\n\"world\""));
        near.send(Message.of(new byte[] {0, 1, 2}));
        near.send(Message.of());
        far.send(Message.utf8("J\u00fcrgen"));

        assertEquals(
                """
                {
                  "format" : "ipckit-jsonfile/1",
                  "toListener" : {
                    "read" : 0,
                    "messages" : [
                      { "number" : 1, "text" : "hello\\n\\"world\\"" },
                      { "number" : 2, "base64" : "AAEC" },
                      { "number" : 3, "text" : "" }
                    ],
                    "closed" : false
                  },
                  "toClient" : {
                    "read" : 0,
                    "messages" : [
                      { "number" : 1, "text" : "J\u00fcrgen" }
                    ],
                    "closed" : false
                  }
                }
                """,
                Files.readString(file("1.json")));
    }

    @Test
    void messagesOfBytesTakeNoMoreThanTheirBytesInCbor() throws Exception {
        open(address().withOption("format", "cbor"));
        byte[] bytes = new byte[3000];

        near.send(Message.of(bytes));
        near.send(Message.utf8("text"));

        assertTrue(Files.size(file("1.cbor")) < 3200, "size " + Files.size(file("1.cbor")));
        assertEquals(Message.of(bytes), far.receive(SOON).orElseThrow());
        assertEquals(Message.utf8("text"), far.receive(SOON).orElseThrow());
    }

    @Test
    void whoWantsAnotherFormatThanTheListenersIsToldSo() {
        listener = transport.listen(address());

        AccessDeniedException refused = assertThrows(
                AccessDeniedException.class, () -> transport.connect(address().withOption("format", "cbor"), SOON));

        assertTrue(refused.getMessage().contains("format=json"), refused.getMessage());
    }

    @Test
    void whoDoesNotSayTakesTheListenersFormat() {
        listener = transport.listen(address().withOption("format", "cbor").withOption("durable", "true"));
        near = transport.connect(address(), SOON);
        far = listener.accept(SOON).orElseThrow();

        far.send(Message.utf8("hello"));

        assertEquals(Message.utf8("hello"), near.receive(SOON).orElseThrow());
    }

    @Test
    void whatSomebodyPutsInByHandArrives() throws Exception {
        open(address());
        near.send(Message.utf8("hello"));

        try (HeldLock held = locks().acquire()) {
            held.requireHeld();
            String text = Files.readString(file("1.json"));
            Files.writeString(
                    file("1.json"),
                    text.replace(
                            "{ \"number\" : 1, \"text\" : \"hello\" }",
                            "{\"number\": 1, \"text\": \"good bye\"}, {\"number\": 2, \"text\": \"all\"}"));
        }

        assertEquals("good bye", far.receive(SOON).orElseThrow().toUtf8());
        assertEquals("all", far.receive(SOON).orElseThrow().toUtf8());
        near.send(Message.utf8("again"));
        assertEquals("again", far.receive(SOON).orElseThrow().toUtf8());
    }

    // ---------------------------------------------------------------- damage

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "{\"format\": \"ipckit-jsonfile/1\"}",
                "{\"format\": \"ipckit-jsonfile/2\", \"toListener\": {\"read\": 1, \"messages\": []},"
                        + " \"toClient\": {\"read\": 0, \"messages\": []}}",
                "{\"format\": \"ipckit-jsonfile/1\", \"toListener\": {\"read\": 0, \"messages\": []},"
                        + " \"toClient\": {\"read\": 0, \"messages\": []}}",
                "{\"format\": \"ipckit-jsonfile/1\", \"toListener\": {\"read\": 0, \"messages\": ["
                        + "{\"number\": 2, \"text\": \"x\"}]}, \"toClient\": {\"read\": 0, \"messages\": []}}",
                "{\"format\": \"ipckit-jsonfile/1\", \"toListener\": {\"read\": 0, \"messages\": ["
                        + "{\"number\": 1, \"base64\": \"%\"}]}, \"toClient\": {\"read\": 0, \"messages\": []}}"
            })
    void aDamagedFileEndsItsConnectionAndIsKept(String damaged) throws Exception {
        open(address());
        near.send(Message.utf8("one"));
        assertEquals("one", far.receive(SOON).orElseThrow().toUtf8());

        try (HeldLock held = locks().acquire()) {
            held.requireHeld();
            Files.writeString(file("1.json"), damaged);
        }

        CorruptMessageException first = assertThrows(CorruptMessageException.class, () -> far.receive(SOON));
        CorruptMessageException other = assertThrows(CorruptMessageException.class, () -> near.receive(SOON));
        String both = first.getMessage() + other.getMessage();
        assertTrue(both.contains("1.json.damaged-1"), both);
        assertFalse(near.isOpen() || far.isOpen());
        assertThrows(ConnectionClosedException.class, () -> near.send(Message.utf8("two")));
        assertEquals(damaged, Files.readString(file("1.json.damaged-1")));

        try (Connection next = transport.connect(address(), SOON);
                Connection accepted = listener.accept(SOON).orElseThrow()) {
            next.send(Message.utf8("works"));
            assertEquals("works", accepted.receive(SOON).orElseThrow().toUtf8());
        }
    }

    @Test
    void whatHadArrivedBeforeTheDamageIsReceived() throws Exception {
        open(address());
        for (String text : List.of("one", "two", "three")) {
            near.send(Message.utf8(text));
        }
        assertEquals("one", far.receive(SOON).orElseThrow().toUtf8());

        Files.writeString(file("1.json"), "oops");

        assertEquals("two", far.receive(SOON).orElseThrow().toUtf8());
        assertEquals("three", far.receive(SOON).orElseThrow().toUtf8());
        assertThrows(CorruptMessageException.class, () -> far.receive(SOON));
    }

    @Test
    void aFileThatWasRemovedIsSaid() throws Exception {
        open(address());

        Files.delete(file("1.json"));

        CorruptMessageException end = assertThrows(CorruptMessageException.class, () -> far.receive(SOON));
        assertTrue(end.getMessage().contains("is gone"), end.getMessage());
    }

    @Test
    void aWriterKilledAtAnyInstantLeavesAWholeFile() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer =
                    Outsider.start(Outsider.java(Endless.class, address().toUri()));
            assertEquals("listening", Outsider.line(writer));
            try (Connection reader = transport.connect(address(), SOON)) {
                int received = 0;
                while (received < 20 + 13 * kill) {
                    assertEquals(
                            "message " + ++received,
                            reader.receive(SOON).orElseThrow().toUtf8());
                }
                writer.destroyForcibly().waitFor();
                while (more(reader, received + 1)) {
                    received++;
                }
            }
            assertFalse(Files.exists(folder.resolve("c.connections")), "what both have left");
        }
    }

    private static boolean more(Connection reader, int number) {
        try {
            assertEquals("message " + number, reader.receive(SOON).orElseThrow().toUtf8());
            return true;
        } catch (ConnectionClosedException end) {
            assertEquals(ConnectionClosedException.By.LOSS, end.by());
            return false;
        }
    }

    @Test
    void whatTheDeadHaveNotReadIsTheNextConnections() throws Exception {
        Process writer = Outsider.start(Outsider.java(Endless.class, address().toUri()));
        assertEquals("listening", Outsider.line(writer));
        near = transport.connect(address(), SOON);
        near.send(Message.utf8("to whom it may concern"));
        assertEquals("message 1", near.receive(SOON).orElseThrow().toUtf8());
        eventually("the file is full", () -> text("1.json").contains("\"number\" : 64"));
        writer.destroyForcibly().waitFor();
        near.close();

        open(address());

        assertEquals("to whom it may concern", far.receive(SOON).orElseThrow().toUtf8());
        int first = Integer.parseInt(near.receive(SOON).orElseThrow().toUtf8().replaceAll("\\D", ""));
        assertTrue(first > 1, "the first was read by the other");
        assertEquals("message " + (first + 1), near.receive(SOON).orElseThrow().toUtf8());
    }

    private String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    // ---------------------------------------------------------------- waiting

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll"})
    void aMessageIsNoticedHoweverChangesAreNoticed(String notice) throws Exception {
        open(address().withOption("notice", notice));
        Thread echo = new Thread(() -> {
            for (int round = 0; round < 50; round++) {
                far.send(far.receive(SOON).orElseThrow());
            }
        });
        echo.start();

        for (int round = 0; round < 50; round++) {
            near.send(Message.utf8("round " + round));
            assertEquals("round " + round, near.receive(SOON).orElseThrow().toUtf8());
        }

        echo.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll"})
    void whoWaitsUsesNextToNoProcessorTime(String notice) {
        open(address().withOption("notice", notice));
        assertEquals(Optional.empty(), near.receive(SHORT));
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();

        assertEquals(Optional.empty(), near.receive(Duration.ofSeconds(1)));

        long used = threads.getCurrentThreadCpuTime() - before;
        assertTrue(used < 50_000_000, "used " + used + " ns in a second");
    }

    @Test
    void noMoreThan64MessagesWait() {
        open(address());
        for (int count = 0; count < Lane.MOST_MESSAGES; count++) {
            assertTrue(near.offer(ByteBuffer.allocate(1), SOON));
        }

        assertFalse(near.offer(ByteBuffer.allocate(1), SHORT));
        assertTrue(far.receive(SOON).isPresent());
        assertTrue(far.offer(ByteBuffer.allocate(1), SOON), "which says that one was read");

        assertTrue(near.offer(ByteBuffer.allocate(1), SOON));
    }

    @Test
    void noMoreThan4MebibytesWait() {
        open(address());
        for (int count = 0; count < 4; count++) {
            assertTrue(near.offer(ByteBuffer.allocate(1 << 20), SOON));
        }

        assertFalse(near.offer(ByteBuffer.allocate(1), SHORT));
    }

    @Test
    void theLargestMessageNeedsNoReceiverWhoCallsAgain() {
        open(address().withOption("max-message", "2MiB"));
        for (int size : new int[] {1, 10, 2 << 20, 3, 2 << 20, 2 << 20}) {
            assertTrue(near.offer(ByteBuffer.allocate(size), SOON), size + " bytes");
            assertEquals(size, far.receive(SOON).orElseThrow().size());
        }
    }

    @Test
    void messagesOfMoreThanHalfOfWhatMayWaitAreRefused() {
        assertThrows(
                InvalidAddressException.class,
                () -> transport.capabilities(address().withOption("max-message", "3MiB")));
    }

    @Test
    void whileAToolHoldsTheLockNothingMovesAndNothingHangs() throws Exception {
        open(address());
        Process holder = Outsider.FLOCK.hold(file("1").resolve("lock"));

        assertFalse(near.offer(ByteBuffer.wrap("one".getBytes(UTF_8)), Duration.ZERO));
        assertFalse(near.offer(ByteBuffer.wrap("two".getBytes(UTF_8)), SHORT));
        assertEquals(Optional.empty(), far.receive(SHORT));
        Thread sending = new Thread(() -> near.send(Message.utf8("three")));
        sending.start();
        assertEquals(Optional.empty(), far.receive(SHORT));

        Outsider.end(holder);

        assertEquals("three", far.receive(SOON).orElseThrow().toUtf8());
        sending.join();
    }

    @Test
    void aClaimIsKeptWhileAToolHoldsTheLock() throws Exception {
        open(address());
        try (var claim = near.claim(3, SHORT)) {
            Process holder = Outsider.FLOCK.hold(file("1").resolve("lock"));
            claim.buffer().put("abc".getBytes(UTF_8));
            claim.commit(3);
            Outsider.end(holder);
        }

        near.flush();

        assertEquals("abc", far.receive(SOON).orElseThrow().toUtf8());
    }

    /** Listens, and sends to the first who comes until it is killed. */
    static final class Endless {

        private Endless() {}

        public static void main(String[] args) {
            try (Listener listener = new JsonFileTransport().listen(Address.parse(args[0]))) {
                System.out.println("listening");
                try (Connection connection = listener.accept(SOON).orElseThrow()) {
                    for (int number = 1; number < 1_000_000; number++) {
                        connection.send(Message.utf8("message " + number));
                    }
                }
            }
        }
    }
}
