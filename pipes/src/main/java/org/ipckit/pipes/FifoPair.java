package org.ipckit.pipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two FIFOs of one connection. They have names only until both sides have them open. One thread at a time uses it. */
final class FifoPair {

    private final Path toListener;
    private final Path toClient;
    private volatile boolean named = true;

    /**
     * @param toListener the client writes, the listener reads
     * @param toClient the listener writes, the client reads
     */
    FifoPair(Path toListener, Path toClient) {
        this.toListener = toListener;
        this.toClient = toClient;
    }

    Path toListener() {
        return toListener;
    }

    Path toClient() {
        return toClient;
    }

    /** Removes the names, once; what is open stays so. */
    void unlink() throws IOException {
        if (named) {
            named = false;
            Files.deleteIfExists(toListener);
            Files.deleteIfExists(toClient);
        }
    }

    @Override
    public String toString() {
        return toListener + " and " + toClient;
    }
}
