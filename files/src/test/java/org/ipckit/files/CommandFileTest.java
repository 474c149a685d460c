package org.ipckit.files;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked is answered, and once. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandFileTest extends CommandFileFixture {

    @Test
    void theFileHasTheSizesOfTheExample() {
        try (CommandServer alice = alice()) {
            assertEquals(path().toString(), file().path().toString());
            assertEquals(7, file().call("add", List.of(2, 5), SOON));
            assertEquals(40, file().call("multiply", List.of(8, 5), SOON));
            CommandFailedException refused =
                    assertThrows(CommandFailedException.class, () -> file().call("add", List.of("bad", "data"), SOON));

            assertEquals("Yeah, we are only going to add numbers", refused.getMessage());
            assertEquals(
                    List.of(
                            "16 to 90",
                            "add with args [2, 5]",
                            "103 to 184",
                            "multiply with args [8, 5]",
                            "198 to 283",
                            "add with args ['bad', 'data']"),
                    log.lines,
                    alice.toString());
        }
    }

    @Test
    void numbersStayWhatTheyAre() {
        try (CommandServer alice = alice()) {
            assertEquals("7", call("add", 2, 5), alice.toString());
            assertEquals("5.0", call("multiply", 2.5, 2));
            assertEquals("3", call("add", true, 2));
            BigInteger large = BigInteger.TWO.pow(200);
            assertEquals(large.multiply(large).toString(), call("multiply", large, large));
        }
    }

    @Test
    void whatCannotBeAnsweredIsAnErrorAndTheServerLives() {
        Map<String, CommandFile.Command> commands = Map.of(
                "add",
                Arithmetic::add,
                "fail",
                arguments -> {
                    throw new IllegalStateException("no idea");
                },
                "nothing",
                arguments -> null);
        try (CommandServer alice = file().serve(commands)) {
            assertError("Incorrect number of arguments", "add", 1, 2, 3);
            assertError("There is no command subtract", "subtract", 1, 2);
            assertError("java.lang.IllegalStateException: no idea", "fail");
            assertNull(file().call("nothing", List.of(), SOON), alice.toString());
            assertEquals("3", call("add", 1, 2));
        }
    }

    @Test
    void anAnswerCanBeFetchedLater() {
        try (CommandServer alice = alice()) {
            String id = file().submit("add", List.of(2, 5), SOON);
            assertTrue(id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"), id);

            eventually("an answer in " + alice, () -> file().answer(id, Duration.ZERO)
                    .filter(new CommandFile.Result(7)::equals)
                    .isPresent());
        }
    }

    @Test
    void aSlowCommandKeepsNobodyFromAsking() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Map<String, CommandFile.Command> commands = Map.of(
                "slow",
                arguments -> {
                    try {
                        return asked.await(20, TimeUnit.SECONDS) ? runs.incrementAndGet() : "nobody else could ask";
                    } catch (InterruptedException ended) {
                        return "interrupted";
                    }
                },
                "add",
                Arithmetic::add);
        try (CommandServer alice = file().serve(commands)) {
            String slow = file().submit("slow", List.of(), SOON);
            String quick = file().submit("add", List.of(1, 1), SOON);
            assertEquals(Optional.empty(), file().answer(slow, SHORT), alice.toString());
            asked.countDown();

            assertEquals(Optional.of(new CommandFile.Result(1)), file().answer(slow, SOON));
            assertEquals(Optional.of(new CommandFile.Result(2)), file().answer(quick, SOON));
        }
        assertEquals(1, runs.get(), "each command runs once");
    }

    @Test
    void aChangeThatKeepsTheSizeIsSeen() throws Exception {
        try (CommandServer alice = alice()) {
            String id = file().submit("add", List.of(2, 5), SOON);
            file().answer(id, SOON);
            String text = Files.readString(path());
            String other = id.replace(id.charAt(0), id.charAt(0) == 'a' ? 'b' : 'a');

            // Somebody puts a new command in place of the old one, and a wrong key where its result was.
            try (HeldLock held = file().locks().acquire()) {
                held.requireHeld();
                Files.writeString(path(), text.replace(id, other).replace("\"result\"", "\"resulT\""));
            }

            assertEquals(Optional.of(new CommandFile.Result(7)), file().answer(other, SOON), alice.toString());
        }
    }

    @Test
    void nothingIsLeftWhenTheServerHasClosed() throws IOException {
        try (CommandServer alice = alice()) {
            assertEquals("3", call("add", 1, 2), alice.toString());
        }

        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
