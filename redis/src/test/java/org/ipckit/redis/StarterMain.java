package org.ipckit.redis;

import java.io.IOException;
import java.nio.file.Path;
import org.ipckit.transport.Address;

/** A process that needs the embedded server of a folder. */
final class StarterMain {

    private StarterMain() {}

    public static void main(String[] args) throws IOException {
        EmbeddedServer server = EmbeddedServer.in(Path.of(args[0]));
        server.ensureRunning(Address.parse("redis://embedded/test"));
        System.out.println("started " + server.pid());
        System.out.flush();
        while (System.in.read() >= 0) {
            // The condition does it all.
        }
    }
}
