package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs in Python take part, for the file is as they write it. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandFilePythonTest extends CommandFileFixture {

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
    void twoHundredCommandsOfPythonsAndJavasAreAllAnswered() throws Exception {
        int javas = 4;
        int pythons = 4;
        int each = 25;
        try (CommandServer alice = alice()) {
            List<Process> bobs = new ArrayList<>();
            for (int i = 0; i < pythons; i++) {
                bobs.add(Outsider.start(List.of(
                        Required.pythonWith("filelock"), "-c", PYTHON_BOB, path().toString(), "add", "" + each)));
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
        Process alice = Outsider.start(List.of(Required.pythonWith("filelock"), "-c", PYTHON_ALICE, path().toString()));
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
