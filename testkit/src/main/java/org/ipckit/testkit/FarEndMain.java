package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import org.ipckit.transport.Transport;

/** The main class of a far end in a JVM of its own: obeys lines from standard input, answers on standard output. */
final class FarEndMain {

    /** Its first words; its pid follows. */
    static final String HELLO = "far end ";

    private FarEndMain() {}

    /** Obeys until standard input ends; the argument is the name of the contract's class. */
    public static void main(String[] args) throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
        // What a transport prints must not be taken for an answer.
        System.setOut(System.err);
        FarEndInterpreter interpreter = new FarEndInterpreter(transport(args[0]), line -> {
            answers.println(line);
            answers.flush();
        });
        answers.println(HELLO + ProcessHandle.current().pid());
        answers.flush();
        obey(interpreter);
        // The test's JVM has gone, and nothing here is to be closed in good order.
        Runtime.getRuntime().halt(0);
    }

    private static void obey(FarEndInterpreter interpreter) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            interpreter.take(line);
        }
    }

    private static Transport transport(String contract) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(contract).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((TransportContract) constructor.newInstance()).transport();
    }
}
