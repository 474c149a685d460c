package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.ipckit.transport.TransportRegistry;
import org.ipckit.transport.Transports;

/** The command run within the test, with streams of its own. */
final class Ipckit {

    private static final long LONGEST_MILLIS = 60_000;

    final Captured out = new Captured();
    final Captured err = new Captured();
    private InputStream in = InputStream.nullInputStream();
    private boolean inIsTerminal;
    private OutputStream sink = out;
    private Supplier<TransportRegistry> registry = Transports::registry;
    private Thread thread;
    private volatile int exitCode = -1;

    static Ipckit run(String... args) throws InterruptedException {
        return new Ipckit().start(args).awaitEnd();
    }

    Ipckit withInput(String text) {
        return withInput(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    Ipckit withInput(InputStream input) {
        in = input;
        return this;
    }

    Ipckit atTerminal() {
        inIsTerminal = true;
        return this;
    }

    Ipckit withRegistry(TransportRegistry other) {
        registry = () -> other;
        return this;
    }

    /** Makes standard output refuse everything, for this reason. */
    Ipckit withFailingOutput(String reason) {
        sink = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
        return this;
    }

    Ipckit start(String... args) {
        Main main = new Main(new Terminal(in, () -> inIsTerminal, sink, err), registry);
        thread = new Thread(() -> exitCode = main.execute(args), "ipckit " + String.join(" ", args));
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Starts a listener and returns when it listens. */
    Ipckit startListening(String... args) throws InterruptedException {
        start(args);
        err.awaitLine("listening on ");
        return this;
    }

    Ipckit awaitEnd() throws InterruptedException {
        thread.join(LONGEST_MILLIS);
        assertFalse(
                thread.isAlive(), () -> thread.getName() + " does not end; it printed " + out.lines() + err.lines());
        return this;
    }

    int exitCode() {
        return exitCode;
    }

    List<String> out() {
        return out.lines();
    }

    List<String> err() {
        return err.lines();
    }
}
