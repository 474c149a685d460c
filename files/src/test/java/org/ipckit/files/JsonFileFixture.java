package org.ipckit.files;

import java.nio.file.Path;
import org.ipckit.testkit.ConnectedTest;
import org.ipckit.transport.Address;

/** A listener in the folder of a test, and both ends of a connection to it, as far as the test opens them. */
abstract class JsonFileFixture extends ConnectedTest {

    JsonFileFixture() {
        super(new JsonFileTransport());
    }

    Address address() {
        return Address.parse("jsonfile://" + folder.resolve("c"));
    }

    Path file(String name) {
        return folder.resolve("c.connections").resolve(name);
    }

    FileLocks locks() {
        return FileLocks.at(file("1").resolve("lock"));
    }
}
