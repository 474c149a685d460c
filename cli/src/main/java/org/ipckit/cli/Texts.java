package org.ipckit.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ipckit.transport.Message;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The messages of a command: the arguments after the address, or the lines of standard input. */
final class Texts {

    private static final String STANDARD_INPUT = "-";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            index = "0+", // after the address
            arity = "0..*",
            paramLabel = "TEXT",
            description = {
                "A message each; - stands for the lines of standard input.",
                "Without any, the lines of standard input are taken."
            })
    private List<String> arguments = new ArrayList<>();

    boolean areGiven() {
        return !arguments.isEmpty();
    }

    /**
     * Takes the lines of standard input if there are no arguments.
     *
     * @throws ParameterException if those would have to be typed, and nobody has said so
     */
    void complete(Terminal terminal) {
        if (arguments.isEmpty()) {
            if (terminal.inIsTerminal()) {
                throw new ParameterException(
                        command.commandLine(),
                        "there is nothing to " + command.name() + "; give a TEXT, or - to type lines");
            }
            arguments.add(STANDARD_INPUT);
        }
    }

    /**
     * Hands over one message after the other, each valid for the call.
     *
     * @param maxBytes the most that a line may have
     * @param beforeReading run before each look at standard input, which may wait
     */
    void forEach(Terminal terminal, int maxBytes, Runnable beforeReading, Consumer<ByteBuffer> use) throws IOException {
        for (String argument : arguments) {
            if (argument.equals(STANDARD_INPUT)) {
                LineInput lines = new LineInput(terminal.in(), maxBytes, beforeReading);
                for (ByteBuffer line = lines.next(); line != null; line = lines.next()) {
                    use.accept(line);
                }
            } else {
                use.accept(Message.utf8(argument).asByteBuffer());
            }
        }
    }
}
