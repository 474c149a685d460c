package org.ipckit.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ServiceLoader;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands in the file, and in which format. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsonFileTransportTest extends JsonFileFixture {

    @Test
    void theRegistryFindsIt() {
        assertTrue(ServiceLoader.load(Mechanism.class).stream()
                .anyMatch(each -> each.type().equals(JsonFileTransport.class)));
        assertEquals("jsonfile", transport.scheme());
        assertTrue(
                transport.availability().available(), transport.availability().reason());
    }

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
}
