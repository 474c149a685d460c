package org.ipckit.sockets;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Where the programs in Python are that tests run or import. */
final class Resources {

    private Resources() {}

    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Resources.class.getResource("python312.py"))
                            .toURI())
                    .getParent();
        } catch (URISyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
