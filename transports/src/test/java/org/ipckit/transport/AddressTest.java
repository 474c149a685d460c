package org.ipckit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://alice:s3cr3t@localhost:6379",
                "redis://:s3cr3t@localhost:6379",
                "redis://alice:p@s3cr3t@localhost",
                "redis://alice:p/s3cr3t@localhost",
                "redis://localhost?password=s3cr3t",
                "redis://localhost?key-password=s3cr3t&wait=spin",
                "redis://localhost?auth-token=s3cr3t",
            })
    void passwordsAreHiddenFromPeopleAndKeptForMachines(String text) {
        Address address = Address.parse(text);

        assertFalse(address.toString().contains("s3cr3t"), address.toString());
        assertEquals(text, address.toUri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://alice:s3cr3t%zz@localhost",
                "redis://localhost?password=s3cr3t%zz",
                "redis://localhost?password=s3cr3t%ff",
                "redis://alice:s3cr3t?@localhost",
                "redis://alice:x?s3cr3t@localhost",
                "redis://alice:s3cr3t@localhost#fragment",
                "redis://localhost?token=s3cr3t#fragment",
                "redis://localhost?password=s3cr3t&password=s3cr3t",
                "Redis://alice:s3cr3t@localhost",
            })
    void whatCannotBeReadDoesNotShowItsPasswordInTheError(String text) {
        InvalidAddressException refused = assertThrows(InvalidAddressException.class, () -> Address.parse(text));

        assertFalse(refused.getMessage().contains("s3cr3t"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uds://%",
                "uds://a%4",
                "uds://a%4x",
                "uds://a%x4",
                "uds://%ff",
                "uds://a?wait=%",
                "uds://a?wait=%c3"
            })
    void anEscapeThatIsNoneOrNoTextIsRefused(String text) {
        InvalidAddressException refused = assertThrows(InvalidAddressException.class, () -> Address.parse(text));

        assertTrue(refused.getMessage().contains("two hexadecimal digits"), refused.getMessage());
        assertTrue(refused.getMessage().contains(text), refused.getMessage());
    }

    @Test
    void aNameAPathAndARelativePathAreTargets() {
        assertEquals("orders", Address.parse("uds://orders").target());
        assertEquals("/srv/orders.sock", Address.parse("uds:///srv/orders.sock").target());
        assertEquals("./orders", Address.parse("uds:./orders").target());
        assertEquals("../orders", Address.parse("uds:../orders").target());
        assertEquals("", Address.parse("tcp://").target());
        assertEquals("[::1]:7000", Address.parse("tcp://[::1]:7000").target());
        assertEquals("a b", Address.parse("uds://a%20b").target());
        assertEquals("a%20b", Address.parse("uds://a%20b").rawTarget());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "uds",
                "uds:",
                "uds:orders",
                "uds:/srv/a",
                "UDS://a",
                "1uds://a",
                "u ds://a",
                "+uds://a",
                "tap+://a",
                "uds://a#b",
                "uds://a?b",
                "uds://a?b=1&",
                "uds://a?=1",
                "uds://a?B=1"
            })
    void anotherFormIsRefusedWithItsText(String text) {
        InvalidAddressException refused = assertThrows(InvalidAddressException.class, () -> Address.parse(text));

        assertTrue(refused.getMessage().startsWith("address '" + text + "': "), refused.getMessage());
    }

    @Test
    void optionsAreDecodedAndKeepTheirOrder() {
        Address address = Address.parse("uds://a?wait=spin&authkey-file=/k%26y%3D&empty=");

        assertEquals("[wait, authkey-file, empty]", address.options().keySet().toString());
        assertEquals("/k&y=", address.option("authkey-file").orElseThrow());
        assertEquals("", address.option("empty").orElseThrow());
        assertTrue(address.option("buffer").isEmpty());
        assertThrows(
                UnsupportedOperationException.class, () -> address.options().put("wait", "block"));
    }

    @Test
    void anOptionThatAppearsTwiceIsRefused() {
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> Address.parse("uds://a?wait=spin&wait=block"));
        assertEquals("address 'uds://a?wait=spin&wait=block': option 'wait' appears twice", refused.getMessage());
    }

    @Test
    void decoratorsStandBeforeTheScheme() {
        Address address = Address.parse("tap+record+shm://orders");

        assertEquals("shm", address.scheme());
        assertEquals(List.of("tap", "record"), address.decorators());
        assertEquals(List.of(), Address.parse("shm://orders").decorators());
    }

    @Test
    void anotherOptionOrTargetMakesAnotherAddress() {
        Address address = Address.parse("uds://a?wait=spin");

        assertEquals(
                "uds://a?wait=block&buffer=64KiB",
                address.withOption("wait", "block")
                        .withOption("buffer", "64KiB")
                        .toUri());
        assertEquals(
                "uds:///srv/100%25%20%C3%A9%3F?wait=spin",
                address.withTarget("/srv/100% é?").toUri());
        assertEquals("/srv/100% é?", address.withTarget("/srv/100% é?").target());
        assertEquals("uds://a?wait=spin", address.toUri());
        assertThrows(InvalidAddressException.class, () -> address.withOption("Wait", "x"));
        assertEquals(address, Address.parse("uds://a?wait=spin"));
        assertEquals(address.hashCode(), Address.parse("uds://a?wait=spin").hashCode());
        assertFalse(address.equals(Address.parse("uds://b?wait=spin")));
    }

    @Property
    void whatIsWrittenIsReadBackEqual(@ForAll String target, @ForAll String value, @ForAll @AlphaChars String plain) {
        Address address = Address.parse("tap+uds://x?" + "wait=spin")
                .withTarget(text(target))
                .withOption("value", text(value))
                .withOption("password", text(plain));

        assertEquals(address, Address.parse(address.toUri()));
        assertEquals(text(target), address.target());
        assertEquals(text(value), Address.parse(address.toUri()).option("value").orElseThrow());
    }

    /** Half a surrogate pair is no text, and has no bytes. */
    private static String text(String any) {
        return new String(any.getBytes(UTF_8), UTF_8);
    }
}
