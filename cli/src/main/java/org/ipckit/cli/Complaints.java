package org.ipckit.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.TransportException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Complaints {

    /** What a shell reports for a command that SIGPIPE has ended, which the JVM ignores. */
    static final int READER_HAS_GONE = 128 + 13;

    private final Terminal terminal;
    private final BooleanSupplier verbose;

    Complaints(Terminal terminal, BooleanSupplier verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    /** The command line is wrong. */
    int ofUsage(ParameterException mistake, String[] args) {
        return usage(mistake.getMessage() + didYouMean(mistake), mistake.getCommandLine(), mistake);
    }

    /** The command has thrown. */
    int ofExecution(Exception failure, CommandLine commandLine, ParseResult parsed) {
        if (failure instanceof OutputFailedException output && output.readerHasGone()) {
            showStack(failure);
            return READER_HAS_GONE;
        }
        if (failure instanceof InvalidAddressException) {
            return usage(failure.getMessage(), commandLine, failure);
        }
        terminal.complain(text(failure));
        showStack(failure);
        return ExitCode.SOFTWARE;
    }

    private int usage(String mistake, CommandLine commandLine, Exception cause) {
        terminal.complain(mistake + "; see '" + commandLine.getCommandSpec().qualifiedName() + " --help'");
        showStack(cause);
        return ExitCode.USAGE;
    }

    private static String didYouMean(ParameterException mistake) {
        List<String> similar =
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar);
    }

    private static String text(Exception failure) {
        boolean foreseen = failure instanceof TransportException
                || failure instanceof CodecException
                || failure instanceof CommandFailedException
                || failure instanceof OutputFailedException
                || failure instanceof IOException;
        return foreseen && failure.getMessage() != null
                ? failure.getMessage()
                : "unexpected failure: " + failure + " (--verbose shows where)";
    }

    private void showStack(Exception failure) {
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(terminal.errWriter());
        }
    }
}
