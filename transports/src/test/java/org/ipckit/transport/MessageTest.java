package org.ipckit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void aTextIsShownAsText() {
        assertEquals("Message[5 bytes: hello]", Message.utf8("hello").toString());
        assertEquals("Message[0 bytes: ]", Message.of().toString());
    }

    @Test
    void whatIsNoTextIsShownInHexadecimal() {
        assertEquals(
                "Message[2 bytes: 0xff80]", Message.of((byte) 0xff, (byte) 0x80).toString());
    }

    @Test
    void controlCharactersAreShownInHexadecimalForTheyWouldForgeLinesOfALog() {
        assertEquals("Message[4 bytes: 0x00000000]", Message.of(new byte[4]).toString());
        assertEquals("Message[3 bytes: 0x610a62]", Message.utf8("a\nb").toString());
    }

    @Test
    void aLongTextIsCutBetweenTwoCharacters() {
        assertEquals(
                "Message[124 bytes: " + "é".repeat(31) + "x" + "...]",
                Message.utf8("é".repeat(31) + "x" + "é".repeat(30) + "y").toString());
    }

    @Test
    void itIsAValueThatNobodyCanChange() {
        byte[] bytes = {1, 2, 3};
        Message message = Message.of(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, 2);
        Message part = Message.copyOf(buffer);
        bytes[0] = 9;
        bytes[1] = 9;
        message.toByteArray()[2] = 9;

        assertArrayEquals(new byte[] {1, 2, 3}, message.toByteArray());
        assertEquals(Message.of((byte) 2, (byte) 3), part);
        assertEquals(Message.of((byte) 2, (byte) 3).hashCode(), part.hashCode());
        assertEquals(1, buffer.position());
        assertEquals(3, message.size());
        assertTrue(message.asByteBuffer().isReadOnly());
        message.asByteBuffer().get();
        assertEquals(3, message.asByteBuffer().remaining());
        assertFalse(message.equals(part));
    }

    @Property
    void textBecomesUtf8AndBack(@ForAll String text) {
        String writable = new String(text.getBytes(UTF_8), UTF_8);
        assertEquals(writable, Message.utf8(text).toUtf8());
        assertTrue(Message.utf8(text).toString().startsWith("Message[" + text.getBytes(UTF_8).length + " bytes: "));
    }

    @Property
    void anyBytesAreShownOnOneLine(@ForAll byte[] bytes) {
        assertTrue(Message.of(bytes).toString().chars().noneMatch(Character::isISOControl));
    }
}
