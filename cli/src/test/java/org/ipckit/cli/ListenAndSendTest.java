package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listener and senders within one process, over {@code inproc}. */
@Timeout(120)
class ListenAndSendTest {

    private final String address = "inproc://" + UUID.randomUUID();

    @Test
    void eachArgumentIsAMessageAndEachMessageALine() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "4");

        Ipckit send = Ipckit.run("send", address, "one", "two\nlines", "", "@three");

        assertEquals(0, send.exitCode(), () -> send.err().toString());
        assertEquals(
                List.of("one", "two\\nlines", "", "@three"), listen.awaitEnd().out());
        assertEquals(0, listen.exitCode());
        assertEquals(List.of("listening on " + address), listen.err());
    }

    @Test
    void aTextThatBeginsWithADashFollowsTwoDashes() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "1");

        assertEquals(0, Ipckit.run("send", address, "--", "--reply").exitCode());

        assertEquals(List.of("--reply"), listen.awaitEnd().out());
    }

    @Test
    void theLinesOfStandardInputAreMessages() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "3");

        Ipckit send =
                new Ipckit().withInput("one\n\nthree").start("send", address).awaitEnd();

        assertEquals(0, send.exitCode(), () -> send.err().toString());
        assertEquals(List.of("one", "", "three"), listen.awaitEnd().out());
    }

    @Test
    void aDashStandsForStandardInputBetweenTexts() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "4");

        new Ipckit()
                .withInput("a\nb\n")
                .start("send", address, "first", "-", "last")
                .awaitEnd();

        assertEquals(List.of("first", "a", "b", "last"), listen.awaitEnd().out());
    }

    @Test
    void bytesThatAreNotTextArriveAsTheyWereRead() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "1");

        new Ipckit()
                .withInput(new ByteArrayInputStream(new byte[] {(byte) 0xc3, 0x28, '\n'}))
                .start("send", address)
                .awaitEnd();

        assertEquals(List.of("0xc328"), listen.awaitEnd().out());
    }

    @Test
    void aLineIsSentWhenItIsThereAndNotOnlyAtTheEndOfTheInput() throws Exception {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "2");
        PipedOutputStream keyboard = new PipedOutputStream();
        Ipckit send = new Ipckit().withInput(new PipedInputStream(keyboard)).start("send", address, "-");

        keyboard.write("first\n".getBytes(UTF_8));
        keyboard.flush();
        listen.out.awaitLine("first");
        keyboard.write("second\n".getBytes(UTF_8));
        keyboard.close();

        assertEquals(List.of("first", "second"), listen.awaitEnd().out());
        send.awaitEnd();
    }

    @Test
    void nothingToSendAtATerminalIsAWrongCommandLine() throws InterruptedException {
        Ipckit send = new Ipckit().atTerminal().start("send", address).awaitEnd();

        assertEquals(2, send.exitCode());
        assertEquals(
                List.of("ipckit: there is nothing to send; give a TEXT, or - to type lines; see 'ipckit send --help'"),
                send.err());
    }

    @Test
    void whereNobodyListensSendSaysSoInOneLine() throws InterruptedException {
        long start = System.nanoTime();

        Ipckit send = Ipckit.run("send", address, "hello", "--timeout", "200ms");

        assertTrue(System.nanoTime() - start >= Duration.ofMillis(200).toNanos());
        assertEquals(1, send.exitCode());
        assertEquals(1, send.err().size(), () -> send.err().toString());
        assertTrue(
                send.err()
                                .get(0)
                                .startsWith(
                                        "ipckit: connect to " + address + ": nobody took the connection within 200 ms")
                        && send.err().get(0).endsWith("start a listener first: ipckit listen " + address),
                () -> send.err().toString());
    }

    @Test
    void sendWaitsForAListenerThatComesLater() throws InterruptedException {
        Ipckit send = new Ipckit().start("send", address, "early", "--timeout", "30s");

        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "1");

        assertEquals(List.of("early"), listen.awaitEnd().out());
        assertEquals(0, send.awaitEnd().exitCode());
    }

    @Test
    void repliesArePrintedInTheOrderOfTheMessages() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--echo", "--count", "1000");
        String lines = IntStream.range(0, 1000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        Ipckit send =
                new Ipckit().withInput(lines).start("send", address, "--reply").awaitEnd();

        assertEquals(0, send.exitCode(), () -> send.err().toString());
        assertEquals(lines.lines().toList(), send.out());
        assertEquals(lines.lines().toList(), listen.awaitEnd().out());
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailureThatNamesTheMessage() throws InterruptedException {
        try (Listener silent = Transports.listen(address)) {
            Ipckit send = Ipckit.run("send", address, "hello", "--reply", "--timeout", "100ms");

            assertEquals(1, send.exitCode());
            assertEquals(1, send.err().size(), () -> send.err().toString());
            assertTrue(
                    send.err()
                            .get(0)
                            .startsWith("ipckit: no answer to message 1 from " + silent.address() + " within 100 ms"),
                    () -> send.err().toString());
        }
    }

    @Test
    void aSenderThatDoesNotReadAnswersDoesNotStopAnEchoingListener() throws InterruptedException {
        int count = 5_000;
        String line = "x".repeat(1_000);
        Ipckit listen = new Ipckit().startListening("listen", address, "--echo", "--count", String.valueOf(count));

        Ipckit send = new Ipckit()
                .withInput((line + "\n").repeat(count))
                .start("send", address)
                .awaitEnd();

        assertEquals(0, send.exitCode(), () -> send.err().toString());
        assertEquals(count, listen.awaitEnd().out().size());
    }

    @Test
    void whatAClientSentBeforeItWentIsPrintedThoughItCannotBeAnswered() throws InterruptedException {
        Ipckit listen = new Ipckit();
        try (Connection client = connectBeforeListening(listen)) {
            for (int i = 0; i < 100; i++) {
                client.send(Message.utf8("line " + i));
            }
        }

        assertEquals(100, listen.awaitEnd().out().size());
        assertEquals(0, listen.exitCode(), () -> listen.err().toString());
    }

    private Connection connectBeforeListening(Ipckit listen) throws InterruptedException {
        listen.startListening("listen", address, "--echo", "--count", "100");
        return Transports.connect(address);
    }

    @Test
    void linesOfManyClientsDoNotMix() throws InterruptedException {
        int clients = 10;
        int each = 500;
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", String.valueOf(clients * each));
        List<Ipckit> senders = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            String line = ("client " + client + " ").repeat(50) + "\n";
            senders.add(new Ipckit().withInput(line.repeat(each)).start("send", address));
        }
        for (Ipckit sender : senders) {
            assertEquals(0, sender.awaitEnd().exitCode(), () -> sender.err().toString());
        }

        List<String> expected = IntStream.range(0, clients)
                .boxed()
                .flatMap(client -> IntStream.range(0, each).mapToObj(i -> ("client " + client + " ").repeat(50)))
                .sorted()
                .toList();
        assertEquals(
                expected,
                listen.awaitEnd().out().stream()
                        .sorted(Comparator.naturalOrder())
                        .toList());
    }

    @Test
    void countEndsTheListenerAfterExactlySoManyMessages() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "2");

        Ipckit.run("send", address, "one", "two", "three", "four");

        assertEquals(List.of("one", "two"), listen.awaitEnd().out());
        assertEquals(0, listen.exitCode());
    }

    @Test
    void silenceEndsTheListenerAndSomethingCameIsSuccess() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--timeout", "1s");
        long before = System.nanoTime();
        sendAtOnce("one");

        assertEquals(0, listen.awaitEnd().exitCode());

        assertTrue(System.nanoTime() - before >= Duration.ofSeconds(1).toNanos(), "it ended too early");
        assertEquals(List.of("one"), listen.out());
    }

    @Test
    void silenceFromTheBeginningIsAFailure() throws InterruptedException {
        long start = System.nanoTime();

        Ipckit listen = Ipckit.run("listen", address, "--timeout", "200ms");

        assertTrue(System.nanoTime() - start >= Duration.ofMillis(200).toNanos());
        assertEquals(1, listen.exitCode());
        assertEquals(
                List.of(
                        "listening on " + address,
                        "ipckit: no message came to " + address + " within 200 ms (--timeout)"),
                listen.err());
    }

    @Test
    void fewerThanCountIsAFailureThatSaysHowMany() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--count", "3", "--timeout", "1s");
        sendAtOnce("one", "two");

        assertEquals(1, listen.awaitEnd().exitCode());
        assertEquals(
                "ipckit: 2 of 3 messages came to " + address + ", then no more within 1 s (--timeout)",
                listen.err().get(1));
    }

    /** Without the command, which may need longer to begin than a listener waits. */
    private void sendAtOnce(String... texts) {
        try (Connection client = Transports.connect(address)) {
            for (String text : texts) {
                client.send(Message.utf8(text));
            }
        }
    }

    @Test
    void verboseTellsWhenClientsComeAndGo() throws InterruptedException {
        Ipckit listen = new Ipckit().startListening("listen", address, "--verbose", "--timeout", "1s");
        sendAtOnce("one", "two");

        listen.awaitEnd();

        assertEquals(
                List.of("listening on " + address, "client 1 has come", "client 1 has gone after 2 messages"),
                listen.err());
    }

    @Test
    void aSecondListenerAtTheAddressIsRefusedInOneLine() throws InterruptedException {
        Ipckit first = new Ipckit().startListening("listen", address, "--count", "1");

        Ipckit second = Ipckit.run("listen", address);

        assertEquals(1, second.exitCode());
        assertEquals(List.of("ipckit: listen on " + address + ": this process listens there"), second.err());
        Ipckit.run("send", address, "end");
        first.awaitEnd();
    }

    @Test
    void whenNobodyReadsTheOutputTheListenerEndsQuietly() throws InterruptedException {
        Ipckit listen = new Ipckit().withFailingOutput("Broken pipe").startListening("listen", address);

        Ipckit.run("send", address, "one");

        assertEquals(141, listen.awaitEnd().exitCode());
        assertEquals(List.of("listening on " + address), listen.err());
    }
}
