package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command in a process of its own, over {@code uds}. */
@Timeout(180)
class ProcessesTest {

    @TempDir
    private Path folder;

    private Path socket;
    private String address;

    @BeforeEach
    void chooseAddress() {
        socket = folder.resolve("s");
        address = "uds://" + socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"uds", "tcp"})
    void messagesAndAnswersCrossProcesses(String scheme) throws Exception {
        String place = scheme.equals("uds") ? address : "tcp://127.0.0.1:0";
        try (IpckitProcess listen =
                IpckitProcess.start("listen", place, "--echo", "--count", "2").awaitListening()) {
            String bound = listen.err.lines().get(0).substring("listening on ".length());
            try (IpckitProcess send = IpckitProcess.start("send", bound, "--reply", "hello", "a\nb")) {
                assertEquals(0, send.awaitExit(), () -> send.err.lines().toString());
                assertEquals(List.of("hello", "a\\nb"), send.out.lines());
                assertEquals(List.of(), send.err.lines());
            }
            assertEquals(0, listen.awaitExit());
            assertEquals(List.of("hello", "a\\nb"), listen.out.lines());
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void aSignalEndsTheListenerWithItsNumberAndNothingIsLeft(String signal, int exitCode) throws Exception {
        Required.that(IpckitProcess.signalsWork(), "there is no kill");
        try (IpckitProcess listen =
                        IpckitProcess.start("listen", address, "--echo").awaitListening();
                IpckitProcess client = IpckitProcess.start("send", address)) {
            client.type("hello\n");
            listen.out.awaitLine("hello");

            listen.signal(signal);

            assertEquals(exitCode, listen.awaitExit());
            assertEquals(List.of("listening on " + address), listen.err.lines());
            assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void aSignalEndsTheSenderQuietly(String signal, int exitCode) throws Exception {
        Required.that(IpckitProcess.signalsWork(), "there is no kill");
        try (IpckitProcess listen =
                        IpckitProcess.start("listen", address, "--count", "2").awaitListening();
                IpckitProcess send = IpckitProcess.start("send", address)) {
            send.type("one\n");
            listen.out.awaitLine("one");

            send.signal(signal);

            assertEquals(exitCode, send.awaitExit());
            assertEquals(List.of(), send.err.lines());
        }
    }

    @Test
    void aSignalEndsASenderThatWaitsForAnAnswerQuietly() throws Exception {
        Required.that(IpckitProcess.signalsWork(), "there is no kill");
        try (IpckitProcess listen = IpckitProcess.start("listen", address).awaitListening();
                IpckitProcess send = IpckitProcess.start("send", address, "one", "--reply", "--timeout", "10m")) {
            listen.out.awaitLine("one");

            send.signal("INT");

            assertEquals(130, send.awaitExit());
            assertEquals(List.of(), send.err.lines());
        }
    }

    @Test
    void clientsKilledAtAnyTimeLeaveTheListenerGoing() throws Exception {
        String line = "0123456789".repeat(20);
        try (IpckitProcess listen =
                IpckitProcess.start("listen", address, "--echo").awaitListening()) {
            List<IpckitProcess> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 10; i++) {
                    clients.add(IpckitProcess.start("send", address));
                }
                for (IpckitProcess client : clients) {
                    client.type((line + "\n").repeat(200));
                }
                listen.out.awaitLines(200);
            } finally {
                clients.forEach(IpckitProcess::kill);
            }

            try (IpckitProcess last = IpckitProcess.start("send", address, "still there?", "--reply")) {
                assertEquals(0, last.awaitExit(), () -> last.err.lines().toString());
                assertEquals(List.of("still there?"), last.out.lines());
            }
            listen.signal("TERM");
            assertEquals(143, listen.awaitExit());
            for (String printed : listen.out.lines()) {
                assertTrue(printed.equals(line) || printed.equals("still there?"), printed);
            }
            assertNothingIsLeft();
        }
    }

    @Test
    void bytesThatAreNotOurProtocolAreOneLineAndTheListenerGoesOn() throws Exception {
        try (IpckitProcess listen =
                        IpckitProcess.start("listen", address, "--count", "1").awaitListening();
                SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            stranger.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());

            listen.err.awaitLine("ipckit: client 1: ");
            assertTrue(
                    listen.err.lines().get(1).endsWith("; the listener goes on"),
                    () -> listen.err.lines().toString());
            try (IpckitProcess send = IpckitProcess.start("send", address, "hello")) {
                assertEquals(0, send.awaitExit());
            }
            assertEquals(0, listen.awaitExit());
            assertEquals(List.of("hello"), listen.out.lines());
            assertEquals(2, listen.err.lines().size(), () -> listen.err.lines().toString());
        }
    }

    @Test
    void whenNobodyReadsItsOutputTheListenerEndsQuietlyAndNothingIsLeft() throws Exception {
        try (IpckitProcess listen = IpckitProcess.startUnread("listen", address).awaitListening();
                IpckitProcess send = IpckitProcess.start("send", address, "hello")) {
            send.awaitExit();

            assertEquals(141, listen.awaitExit());
            assertEquals(List.of("listening on " + address), listen.err.lines());
            assertNothingIsLeft();
        }
    }

    @Test
    void aListenerThatDiesWhileItsAnswerIsAwaitedIsAFailureOfOneLine() throws Exception {
        try (IpckitProcess listen = IpckitProcess.start("listen", address).awaitListening();
                IpckitProcess send = IpckitProcess.start("send", address, "hello", "--reply", "--timeout", "10m")) {
            listen.out.awaitLine("hello");
            listen.kill();

            assertEquals(1, send.awaitExit());
            assertEquals(1, send.err.lines().size(), () -> send.err.lines().toString());
            assertTrue(
                    send.err.lines().get(0).startsWith("ipckit: receive from " + address),
                    () -> send.err.lines().toString());
        }
    }

    @Test
    void aListenerTakesTheAddressOverFromOneThatWasKilled() throws Exception {
        try (IpckitProcess killed = IpckitProcess.start("listen", address)) {
            killed.awaitListening();
        }
        assertTrue(Files.exists(socket), "a killed listener leaves its socket file");

        try (IpckitProcess listen =
                        IpckitProcess.start("listen", address, "--count", "1").awaitListening();
                IpckitProcess send = IpckitProcess.start("send", address, "hello")) {
            assertEquals(0, send.awaitExit(), () -> send.err.lines().toString());
            assertEquals(0, listen.awaitExit());
        }
        assertNothingIsLeft();
    }

    @Test
    void jacksonIsLoadedForJsonAlone() throws Exception {
        for (String form : List.of("--json", "--markdown")) {
            Path log = folder.resolve("classes" + form);
            try (IpckitProcess ipckit =
                    IpckitProcess.startWithOptions(List.of("-Xlog:class+load:file=" + log), "transports", form)) {
                assertEquals(0, ipckit.awaitExit(), () -> ipckit.err.lines().toString());
            }
            assertEquals(
                    form.equals("--json"),
                    Files.readString(log).contains("com.fasterxml.jackson"),
                    "Jackson for " + form);
        }
    }

    private void assertNothingIsLeft() throws IOException {
        assertFalse(Files.exists(socket), () -> socket + " is left");
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
