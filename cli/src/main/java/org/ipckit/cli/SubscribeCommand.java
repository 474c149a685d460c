package org.ipckit.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ipckit.transport.Address;
import org.ipckit.transport.Message;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.Waits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit subscribe}: prints what is published to a topic. */
@Command(
        name = "subscribe",
        description = {
            "Prints each message of a topic as one line.",
            "Line breaks and control characters are escaped; a message that is not UTF-8 is printed as 0x and hexadecimal."
        })
final class SubscribeCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ADDRESS", description = "The topic, such as redis://embedded/news.")
    private String address;

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
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

    @Override
    public Integer call() throws IOException {
        if (count != null && count < 1) {
            throw new ParameterException(spec.commandLine(), "--count is " + count + ", expected at least 1");
        }
        Address topic = Address.parse(address);
        try (Subscription subscription = main.registry().broadcast(topic).subscribe(topic);
                EndOfProcess end = EndOfProcess.runs(subscription::close)) {
            main.terminal().tell("subscribed to " + subscription.address());
            end.during(() -> print(subscription));
        }
        return 0;
    }

    private void print(Subscription subscription) {
        long most = count == null ? Long.MAX_VALUE : count;
        long messages = 0;
        long lost = 0;
        while (messages < most) {
            Optional<Message> message = subscription.receive(timeout == null ? Waits.FOREVER : timeout);
            if (subscription.lost() != lost) {
                main.terminal().complain((subscription.lost() - lost) + " messages were lost");
                lost = subscription.lost();
            }
            if (message.isEmpty()) {
                Enough.require(messages, count, subscription.address(), timeout);
                return;
            }
            main.terminal().out().print(MessageText.of(message.get().asByteBuffer()));
            main.terminal().out().flush();
            messages++;
        }
    }
}
