package org.ipckit.files;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.CorruptMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file that is damaged or locked, and a server that is not there or was killed, are said to be. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandFileFailureTest extends CommandFileFixture {

    @Test
    void aDamagedFileIsKeptAsideAndWhatWasKnownIsWrittenAgain() throws Exception {
        try (CommandServer alice = alice()) {
            String id = file().submit("add", List.of(2, 5), SOON);
            file().answer(id, SOON);

            try (HeldLock held = file().locks().acquire()) {
                held.requireHeld();
                // As a writer leaves it who is killed in the middle.
                Files.writeString(path(), "{\"commands\": {\"");
            }
            Path aside = folder.resolve("shared.json.damaged-1");
            eventually("it is kept aside by " + alice, () -> Files.exists(aside));

            assertEquals("{\"commands\": {\"", Files.readString(aside));
            eventually("it is restored", () -> Files.exists(path()));
            assertEquals(Optional.of(new CommandFile.Result(7)), file().answer(id, SOON));
            assertTrue(log.lines.stream().anyMatch(line -> line.startsWith("damaged shared.json.damaged-1: line 1")));
        }
    }

    @Test
    void whoAsksIsToldOfADamagedFile() throws Exception {
        for (String text : List.of(
                "",
                "[]",
                "{\"commands\": {}} }",
                "{\"commands\": {\"x\": 1}}",
                "{\"commands\": {\"x\": {\"command\": \"add\", \"args\": [], \"result\": 1, \"error\": \"e\"}}}")) {
            Files.writeString(path(), text);

            CorruptMessageException refused =
                    assertThrows(CorruptMessageException.class, () -> file().submit("add", List.of(1, 2), SOON));

            assertTrue(refused.getMessage().contains(path().toString()), refused.getMessage());
            assertEquals(text, Files.readString(path()), "it is left as it is");
        }
    }

    @Test
    void whoAsksBeforeTheServerIsThereIsToldSo() {
        ConnectFailedException refused =
                assertThrows(ConnectFailedException.class, () -> file().submit("add", List.of(1, 2), SHORT));

        assertTrue(refused.getMessage().contains("does the server run"), refused.getMessage());
        assertThrows(ConnectFailedException.class, () -> file().answer("any", SHORT));
    }

    @Test
    void whoWaitsTooLongForTheLockIsToldWhoHasIt() {
        try (CommandServer alice = alice();
                HeldLock held = file().locks().acquire()) {
            ConnectFailedException refused =
                    assertThrows(ConnectFailedException.class, () -> file().submit("add", List.of(1, 2), SHORT));

            assertTrue(refused.getMessage().contains(LockOwner.thisProcess().toString()), refused.getMessage());
            assertTrue(held.isHeld(), alice.toString());
        }
    }

    @Test
    void aServerThatWasKilledIsSucceeded() throws Exception {
        Process killed = Outsider.start(Outsider.java(Alice.class, path().toString()));
        assertEquals("ready", Outsider.line(killed));
        assertEquals("3", call("add", 1, 2));
        killed.destroyForcibly().waitFor();
        String unanswered = file().submit("add", List.of(1, 2), SOON);
        assertEquals(Optional.empty(), file().answer(unanswered, SHORT));

        try (CommandServer alice = alice()) {
            assertEquals("7", call("add", 2, 5), alice.toString());
            CommandFailedException gone =
                    assertThrows(CommandFailedException.class, () -> file().answer(unanswered, SOON));
            assertTrue(gone.getMessage().contains("begun anew"), gone.getMessage());
        }
    }

    @Test
    void aSecondServerIsToldWhoAnswersAndChangesNothing() throws Exception {
        try (CommandServer alice = alice()) {
            String id = file().submit("add", List.of(2, 5), SOON);

            AddressInUseException refused = assertThrows(AddressInUseException.class, this::alice);

            assertTrue(refused.getMessage().contains(LockOwner.thisProcess().toString()), refused.getMessage());
            assertEquals(Optional.of(new CommandFile.Result(7)), file().answer(id, SOON), alice.toString());
        }
    }

    @Test
    void nothingIsLeftOfAServerNorOfWhoAsksInVain() throws Exception {
        alice().close();
        alice().close();
        assertThrows(ConnectFailedException.class, () -> file().submit("add", List.of(1, 2), SHORT));

        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** Serves until it is killed. */
    static final class Alice {

        private Alice() {}

        public static void main(String[] args) throws Exception {
            try (CommandServer alice = CommandFile.at(Path.of(args[0])).serve(Arithmetic.commands())) {
                System.out.println(alice == null ? "" : "ready");
                System.in.readAllBytes();
            }
        }
    }
}
