package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipckit.codecs.Encoding;
import org.ipckit.codecs.FidelityMatrix;
import org.ipckit.transport.CodecException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit codec}: what a value, or a byte, is in each encoding. */
@Command(
        name = "codec",
        description = "Shows a value in every encoding: its size, each byte explained, and what changes on the way.",
        footer = {
            "",
            "Examples:",
            "  ipckit codec '{\"a\": 1}'",
            "  ipckit codec --byte 0x7A",
        })
final class CodecCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Question question;

    private static final class Question {

        @Parameters(paramLabel = "VALUE", description = "The value, as JSON.")
        private String value;

        @Option(
                names = "--byte",
                paramLabel = "BYTE",
                description = "Say what one byte means instead, given as 0x7A, 0b1111010, 122, -5 or 'z'.")
        private String oneByte;

        @Option(names = "--matrix", description = "Print which values of Java come back as they were, for a README.")
        private boolean matrix;
    }

    @Override
    public Integer call() {
        lines().forEach(main.terminal().out()::print);
        main.terminal().out().flush();
        return 0;
    }

    private List<String> lines() {
        if (question.matrix) {
            return FidelityMatrix.markdown();
        }
        return question.value != null
                ? ValueInEncodings.lines(parsed(question.value))
                : ByteInEncodings.lines(byteOf(question.oneByte));
    }

    private Object parsed(String json) {
        try {
            return Encoding.JSON.codec(Object.class).decode(ByteBuffer.wrap(json.getBytes(UTF_8)));
        } catch (CodecException notJson) {
            throw new ParameterException(spec.commandLine(), "VALUE is no JSON: " + notJson.getMessage(), notJson);
        }
    }

    private byte byteOf(String text) {
        try {
            return ByteInEncodings.parse(text);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(spec.commandLine(), "--byte " + notOne.getMessage(), notOne);
        }
    }
}
