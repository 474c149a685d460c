package org.ipckit.cli;

import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Waits;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say when enough has come, and whether it has. */
final class Enough {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Long count;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = Durations.class,
            description = {
                "End when no message has come for that long (500ms, 5s, 2m; a number alone is seconds).",
                "Exit code 1 if none has come at all, or fewer than --count."
            })
    private Duration timeout;

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    void setCount(long messages) {
        if (messages < 1) {
            throw new ParameterException(command.commandLine(), "--count is " + messages + ", expected at least 1");
        }
        count = messages;
    }

    boolean isCounted() {
        return count != null;
    }

    /** Returns how many messages are taken at most. */
    long most() {
        return count == null ? Long.MAX_VALUE : count;
    }

    /** Returns for how long none may come. */
    Duration timeout() {
        return timeout == null ? Waits.FOREVER : timeout;
    }

    /** Goes on only if messages have come before the time was over, and as many as wanted. */
    void require(long messages, Address address) {
        String none = " within " + Durations.words(timeout) + " (--timeout)";
        if (messages == 0) {
            throw new CommandFailedException("no message came to " + address + none);
        }
        if (count != null) {
            throw new CommandFailedException(
                    messages + " of " + count + " messages came to " + address + ", then no more" + none);
        }
    }
}
