package org.ipckit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
