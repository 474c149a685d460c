package org.ipckit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
