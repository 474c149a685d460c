package org.ipckit.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipckit.transport.Address;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit publish}: publishes arguments or lines as messages of a topic. */
@Command(
        name = "publish",
        description = {
            "Publishes each TEXT, or each line of standard input, as one message of a topic.",
            "Put -- before a TEXT that begins with a dash."
        })
final class PublishCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "The topic, such as redis://embedded/news.")
    private String address;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "TEXT",
            description = {
                "A message each; - stands for the lines of standard input.",
                "Without any, the lines of standard input are published."
            })
    private List<String> texts = new ArrayList<>();

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
        if (texts.isEmpty()) {
            if (main.terminal().inIsTerminal()) {
                throw new ParameterException(
                        spec.commandLine(), "there is nothing to publish; give a TEXT, or - to type lines");
            }
            texts.add(STANDARD_INPUT);
        }
        Address topic = Address.parse(address);
        try (Publication publication = main.registry().broadcast(topic).publish(topic);
                EndOfProcess end = EndOfProcess.runs(publication::close)) {
            if (subscribers > 0 && !publication.awaitSubscribers(subscribers, timeout)) {
                throw new CommandFailedException("fewer than " + subscribers + " subscribers of " + topic + " within "
                        + Durations.words(timeout));
            }
            end.during(() -> publishAll(publication));
        }
        return 0;
    }

    private void publishAll(Publication publication) throws IOException {
        for (String text : texts) {
            if (text.equals(STANDARD_INPUT)) {
                LineInput lines = new LineInput(
                        main.terminal().in(), publication.capabilities().maxMessageSize(), () -> {});
                for (ByteBuffer line = lines.next(); line != null; line = lines.next()) {
                    publish(publication, line);
                }
            } else {
                publish(publication, Message.utf8(text).asByteBuffer());
            }
        }
    }

    private void publish(Publication publication, ByteBuffer message) {
        int receivers = publication.publish(message);
        if (receivers >= 0) {
            main.report("received by " + receivers);
        }
    }
}
