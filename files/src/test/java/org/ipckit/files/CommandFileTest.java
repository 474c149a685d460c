package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.CorruptMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandFileTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private final Log log = new Log();

    /** Writes down what the example's server prints. */
    private static final class Log implements CommandServer.Observer {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void fileChanged(long fromBytes, long toBytes) {
            lines.add(fromBytes + " to " + toBytes);
        }

        @Override
        public void running(String call) {
            lines.add(call);
        }

        @Override
        public void fileDamaged(Path keptAside, String reason) {
            lines.add("damaged " + keptAside.getFileName() + ": " + reason);
        }
    }

    private Path path() {
        return folder.resolve("shared.json");
    }

    private CommandFile file() {
        return CommandFile.at(path());
    }

    private CommandServer alice() {
        return file().serve(Arithmetic.commands(), log);
    }

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
    void theFileIsWrittenAsPythonWritesIt() throws Exception {
        try (CommandServer alice = file().serve(Map.of(), log)) {
            assertEquals("{\"commands\": {}}", Files.readString(path()), alice.toString());
            String id = file().submit("greet", List.of("J\u00fcrgen", 2.50, List.of()), SOON);
            answer(id);

            assertEquals(
                    "{\"commands\": {\"" + id + "\": {\"command\": \"greet\", \"args\": [\"J\\u00FCrgen\", 2.5, []], "
                            + "\"error\": \"There is no command greet\"}}}",
                    Files.readString(path()));
        }
    }

    private void answer(String id) {
        assertThrows(CommandFailedException.class, () -> file().answer(id, SOON));
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

    private String call(String command, Object... arguments) {
        return file().call(command, List.of(arguments), SOON).toString();
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

    private void assertError(String text, String command, Object... arguments) {
        CommandFailedException refused = assertThrows(CommandFailedException.class, () -> call(command, arguments));
        assertEquals(text, refused.getMessage());
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
    void nothingIsLeftWhenTheServerHasClosed() throws IOException {
        try (CommandServer alice = alice()) {
            assertEquals("3", call("add", 1, 2), alice.toString());
        }

        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
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
    void twoHundredCommandsOfPythonsAndJavasAreAllAnswered() throws Exception {
        int javas = 4;
        int pythons = 4;
        int each = 25;
        try (CommandServer alice = alice()) {
            List<Process> bobs = new ArrayList<>();
            for (int i = 0; i < pythons; i++) {
                bobs.add(Outsider.start(
                        List.of(Python.withFilelock(), "-c", PYTHON_BOB, path().toString(), "add", "" + each)));
            }
            List<Thread> threads = new ArrayList<>();
            AtomicInteger right = new AtomicInteger();
            for (int i = 0; i < javas; i++) {
                Thread thread = new Thread(() -> {
                    for (int number = 0; number < each; number++) {
                        if (call("multiply", number, 3).equals(String.valueOf(number * 3))) {
                            right.incrementAndGet();
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Process bob : bobs) {
                assertEquals(0, bob.waitFor(), "a Python Bob");
            }
            for (Thread thread : threads) {
                thread.join();
            }

            assertEquals(javas * each, right.get());
            CommandDocument all = CommandDocument.parse(Files.readAllBytes(path()));
            assertEquals(List.of(), all.unanswered(), alice.toString());
            assertEquals((javas + pythons) * each, count(Files.readString(path()), "\"result\": "));
            assertFalse(log.lines.stream().anyMatch(line -> line.startsWith("damaged")), log.lines.toString());
        }
    }

    @Test
    void aPythonAliceAnswersAJavaBob() throws Exception {
        Process alice = Outsider.start(List.of(Python.withFilelock(), "-c", PYTHON_ALICE, path().toString()));
        try {
            assertEquals("ready", Outsider.line(alice));
            assertEquals("7", call("add", 2, 5));
            assertEquals("40", call("multiply", 8, 5));
            assertError("Yeah, we are only going to add numbers", "add", "bad", "data");
        } finally {
            alice.destroyForcibly().waitFor();
        }
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void valuesAreShownAsPythonShowsThem() {
        assertEquals("['bad', \"it's\", 'a\\n\\\\']", PythonText.repr(List.of("bad", "it's", "a\n\\")));
        assertEquals(
                "[True, False, 2.5, {'a': [None]}]",
                PythonText.repr(List.of(true, false, 2.5, Map.of("a", Collections.singletonList(null)))));
        assertEquals("'both \\' and \"'", PythonText.repr("both ' and \""));
    }

    @Test
    void whatPythonWritesIsReadAndWrittenBackTheSame() throws Exception {
        String text =
                "{\"commands\": {}, \"note\": [1e+16, 5.0, 123456789012345678901234567890, NaN, null, \"\\u00fc\"]}";

        String again = new String(CommandDocument.parse(text.getBytes(UTF_8)).toBytes(), UTF_8);

        assertEquals(text.toLowerCase(java.util.Locale.ROOT), again.toLowerCase(java.util.Locale.ROOT));
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

    /** Asks as often as it is told, and polls for each answer under the lock. */
    private static final String PYTHON_BOB =
            """
            import filelock, json, sys, time, uuid
            path, command, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
            lock = filelock.FileLock(path + '.lock')
            def ask(args):
                id = str(uuid.uuid4())
                with lock.acquire(poll_interval=0.005):
                    with open(path) as file:
                        data = json.load(file)
                    data['commands'][id] = {'command': command, 'args': args}
                    with open(path, 'w') as file:
                        json.dump(data, file)
                while True:
                    with lock.acquire(poll_interval=0.005):
                        with open(path) as file:
                            answer = json.load(file)['commands'][id]
                    if 'result' in answer:
                        return answer['result']
                    time.sleep(0.01)
            for number in range(count):
                assert ask([number, 5]) == number + 5
            """;

    /** Answers what is asked, in the same way. */
    private static final String PYTHON_ALICE =
            """
            import filelock, json, sys, time
            path = sys.argv[1]
            lock = filelock.FileLock(path + '.lock')
            functions = {'add': lambda a, b: a + b, 'multiply': lambda a, b: a * b}
            with lock:
                with open(path, 'w') as file:
                    json.dump({'commands': {}}, file)
            print('ready', flush=True)
            while True:
                with lock:
                    with open(path) as file:
                        data = json.load(file)
                    for command in data['commands'].values():
                        if 'result' in command or 'error' in command:
                            continue
                        if all(isinstance(arg, (int, float)) for arg in command['args']):
                            command['result'] = functions[command['command']](*command['args'])
                        else:
                            command['error'] = 'Yeah, we are only going to %s numbers' % command['command']
                    with open(path, 'w') as file:
                        json.dump(data, file)
                time.sleep(0.05)
            """;
}
