package org.ipckit.demos;

import static org.ipckit.demos.End.ALICE;
import static org.ipckit.demos.End.BOB;
import static org.ipckit.demos.Language.JAVA;
import static org.ipckit.demos.Language.PYTHON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.redis.RedisTransport;
import org.ipckit.testkit.Eventually;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Publication;
import org.junit.jupiter.api.Test;

class MessageQueueTest extends PairFixture {

    MessageQueueTest() {
        super(Pair.MESSAGE_QUEUE);
    }

    @Test
    void whatBobPublishesAliceSaysInWhateverLanguage() throws Exception {
        String address = "redis://embedded/my_channel?folder=" + folder;
        String python = "unix://" + folder.resolve("embedded.redis");
        try (Publication server = new RedisTransport().publish(Address.parse(address));
                Program alice = start(ALICE, JAVA, address);
                Program alicia = start(ALICE, PYTHON, python)) {
            assertTrue(server.awaitSubscribers(2, Eventually.patience()));

            assertEquals(0, run(BOB, JAVA, address).awaitEnd());
            alice.awaitOut(golden(ALICE));
            alicia.awaitOut(golden(ALICE));
            assertEquals(0, run(BOB, PYTHON, python).awaitEnd());
            alice.awaitOut(golden(ALICE) + golden(ALICE));

            String values = "SET my_key blue -> OK\nGET my_key -> blue\nDEL my_key -> 1\n";
            assertEquals(values, said(valuesInJava(python.substring("unix://".length()))));
            assertEquals(
                    values,
                    said(List.of(
                            Required.pythonWith("redis"),
                            Path.of("python", "message_queue_values.py")
                                    .toAbsolutePath()
                                    .toString(),
                            python)));

            assertEquals(143, alice.terminate());
            assertEquals(143, alicia.terminate());
            for (Program each : List.of(alice, alicia)) {
                assertEquals(golden(ALICE) + golden(ALICE), each.out());
                assertEquals("", each.err());
            }
            assertTrue(server.awaitSubscribers(0, Duration.ZERO));
        }
    }

    private static List<String> valuesInJava(String socket) {
        List<String> command = new ArrayList<>(Launcher.java("org.ipckit.demos.messagequeue.Values"));
        command.add(socket);
        return command;
    }

    private String said(List<String> command) throws Exception {
        try (Program program = Program.start(folder, command)) {
            assertEquals(0, program.awaitEnd(), program.err());
            return program.out();
        }
    }

    @Test
    void withoutAServerItIsSaidHowToStartOne() throws Exception {
        Program bob = run(BOB, JAVA, "redis://localhost:" + freePort() + "/my_channel");

        assertEquals(1, bob.awaitEnd());
        assertTrue(
                bob.err().contains("no Redis server at localhost") && bob.err().contains("start one"), bob.err());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
