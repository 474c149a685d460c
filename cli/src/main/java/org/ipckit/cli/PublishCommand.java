package org.ipckit.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipckit.transport.Address;
import org.ipckit.transport.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ipckit publish}: publishes arguments or lines as messages of a topic. */
@Command(
        name = "publish",
        description = {
            "Publishes each TEXT, or each line of standard input, as one message of a topic.",
            "Put -- before a TEXT that begins with a dash."
        })
final class PublishCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "The topic, such as redis://embedded/news.")
    private String address;

    @Mixin
    private Texts texts;

    @Option(
            names = "--await",
            paramLabel = "N",
            defaultValue = "0",
            description = "Wait for N subscribers first. Exit code 1 if there are fewer after --timeout.")
    private int subscribers;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = Durations.class,
            defaultValue = "5s",
            description = "The longest to wait for subscribers (500ms, 5s, 2m; a number alone is seconds). Default:"
                    + " ${DEFAULT-VALUE}")
    private Duration timeout;

    @Override
    public Integer call() throws IOException {
        texts.complete(main.terminal());
        Address topic = Address.parse(address);
        try (Publication publication = main.registry().broadcast(topic).publish(topic);
                EndOfProcess end = EndOfProcess.runs(publication::close)) {
            if (subscribers > 0 && !publication.awaitSubscribers(subscribers, timeout)) {
                throw new CommandFailedException("fewer than " + subscribers + " subscribers of " + topic + " within "
                        + Durations.words(timeout));
            }
            int maxBytes = publication.capabilities().maxMessageSize();
            end.during(() -> texts.forEach(main.terminal(), maxBytes, () -> {}, text -> publish(publication, text)));
        }
        return 0;
    }

    private void publish(Publication publication, ByteBuffer message) {
        int receivers = publication.publish(message);
        if (receivers >= 0) {
            main.report("received by " + receivers);
        }
    }
}
