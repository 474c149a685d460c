package org.ipckit.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ipckit.transport.Address;
import org.ipckit.transport.Message;
import org.ipckit.transport.Subscription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

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

    @Parameters(paramLabel = "ADDRESS", description = "The topic, such as redis://embedded/news.")
    private String address;

    @Mixin
    private Enough enough;

    @Override
    public Integer call() throws IOException {
        Address topic = Address.parse(address);
        try (Subscription subscription = main.registry().broadcast(topic).subscribe(topic);
                EndOfProcess end = EndOfProcess.runs(subscription::close)) {
            main.terminal().tell("subscribed to " + subscription.address());
            end.during(() -> print(subscription));
        }
        return 0;
    }

    private void print(Subscription subscription) {
        long messages = 0;
        long lost = 0;
        while (messages < enough.most()) {
            Optional<Message> message = subscription.receive(enough.timeout());
            if (subscription.lost() != lost) {
                main.terminal().complain((subscription.lost() - lost) + " messages were lost");
                lost = subscription.lost();
            }
            if (message.isEmpty()) {
                enough.require(messages, subscription.address());
                return;
            }
            main.terminal().out().print(MessageText.of(message.get().asByteBuffer()));
            main.terminal().out().flush();
            messages++;
        }
    }
}
