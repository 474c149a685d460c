package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TlsBurstTest {

    private static final int MESSAGES = 300_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /** Records come in parts then, and the reader's buffer has less room than a record: both at once is the point. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aReaderThatFallsBehindStillGetsEveryMessage() throws Exception {
        Path keys = new TestKeys(folder).keyStore("burst", "-ext", TestKeys.LOCALHOST);
        TlsTransport transport = new TlsTransport(TestKeys.context(keys, keys));
        try (Listener listener = transport.listen(Address.parse("tls://127.0.0.1:0"));
                Connection near = transport.connect(listener.address().withOption("buffer", "64KiB"), SOON);
                Connection far = listener.accept(SOON).orElseThrow()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                ByteBuffer message = ByteBuffer.allocateDirect(64);
                for (int number = 0; number < MESSAGES; number++) {
                    near.send(message.putInt(0, number));
                }
                near.flush();
            });
            int[] next = {0};
            while (next[0] < MESSAGES) {
                int came = far.poll(message -> assertEquals(next[0]++, message.getInt(0)), 256);
                if (came == 0) {
                    far.receive(SOON)
                            .ifPresent(message -> assertEquals(
                                    next[0]++, message.asByteBuffer().getInt(0)));
                }
            }
            sending.join();
        }
    }
}
