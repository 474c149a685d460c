package org.ipckit.files;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file ends its connection and is kept; one of a killed process is whole. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsonFileDamageTest extends JsonFileFixture {

    private static final int KILLS = 8;

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
    void whatSomebodyWritesIntoItUnderTheLockIsReadWhenItIsWhole() throws Exception {
        open(address());
        near.send(Message.utf8("one"));

        try (HeldLock held = locks().acquire()) {
            String edited = Files.readString(file("1.json")).replace("\"one\"", "\"two\"");
            Files.writeString(file("1.json"), edited.substring(0, edited.length() / 2));
            assertTrue(far.receive(SHORT).isEmpty());
            Files.writeString(file("1.json"), edited);
            held.requireHeld();
        }

        assertEquals("two", far.receive(SOON).orElseThrow().toUtf8());
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
