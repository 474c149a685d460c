package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Where a command reads and writes. What it prints is UTF-8 whatever the locale says, because messages are. Any thread
 * may print.
 */
final class Terminal {

    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final InputStream in;
    private final BooleanSupplier inIsTerminal;
    private final LineOutput out;
    private final PrintWriter outWriter;
    private final PrintWriter errWriter;

    Terminal(InputStream in, BooleanSupplier inIsTerminal, OutputStream out, OutputStream err) {
        this.in = Objects.requireNonNull(in, "in");
        this.inIsTerminal = Objects.requireNonNull(inIsTerminal, "inIsTerminal");
        this.out = new LineOutput(out);
        this.outWriter = new PrintWriter(new OutputStreamWriter(out, UTF_8), true);
        this.errWriter = new PrintWriter(new OutputStreamWriter(err, UTF_8), true);
    }

    /** Returns the standard streams, below System.out, which keeps a failed write to itself. */
    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                Terminal::standardInputIsTerminal,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
    }

    private static boolean standardInputIsTerminal() {
        return isTerminal(STANDARD_INPUT);
    }

    /** Returns true if what the process prints is seen by a person at once, and may be coloured. */
    static boolean standardOutputIsTerminal() {
        return isTerminal(STANDARD_OUTPUT);
    }

    /** Returns true if what the process tells of its progress is seen by a person at once. */
    static boolean standardErrorIsTerminal() {
        return isTerminal(STANDARD_ERROR);
    }

    @SuppressWarnings("SystemConsoleNull") // with the provider chosen here it still says null
    private static boolean isTerminal(Path stream) {
        if (Files.exists(stream.getParent())) {
            try {
                String file = Files.readSymbolicLink(stream).toString();
                return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
            } catch (IOException closed) {
                return false;
            }
        }
        // The other provider gives a console where there is no terminal.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    InputStream in() {
        return in;
    }

    boolean inIsTerminal() {
        return inIsTerminal.getAsBoolean();
    }

    LineOutput out() {
        return out;
    }

    /** Returns standard output for what picocli prints. */
    PrintWriter outWriter() {
        return outWriter;
    }

    /** Returns standard error for what picocli prints. */
    PrintWriter errWriter() {
        return errWriter;
    }

    /** Prints one line on standard error about what goes on. */
    void tell(String text) {
        errWriter.println(MessageText.oneLine(text));
    }

    /** Prints one line on standard error about what is wrong, after the command's name. */
    void complain(String text) {
        tell("ipckit: " + text);
    }
}
