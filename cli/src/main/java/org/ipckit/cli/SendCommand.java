package org.ipckit.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit send}: sends arguments or lines as messages. */
@Command(
        name = "send",
        description = {
            "Sends each TEXT, or each line of standard input, as one message; or a whole file.",
            "Put -- before a TEXT that begins with a dash."
        })
final class SendCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "Where somebody listens, such as uds://demo.")
    private String address;

    @Mixin
    private Texts texts;

    @Option(names = "--reply", description = "Wait for one answer to each message and print it as one line.")
    private boolean reply;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Send what the file holds, as many messages; 'listen --out' makes a file of them.")
    private Path file;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = Durations.class,
            defaultValue = "5s",
            description = "The longest to wait for a listener, and for each answer (500ms, 5s, 2m; a number alone is"
                    + " seconds). Default: ${DEFAULT-VALUE}")
    private Duration timeout;

    @Override
    public Integer call() throws IOException {
        if (file != null) {
            return sendFile(Address.parse(address));
        }
        texts.complete(main.terminal());
        send(Address.parse(address), this::sendAll);
        return 0;
    }

    private int sendFile(Address target) throws IOException {
        if (reply || texts.areGiven()) {
            throw new ParameterException(spec.commandLine(), "--file goes with neither TEXT nor --reply");
        }
        FileTransfer transfer = new FileTransfer(main, file);
        transfer.requireReliable(target);
        try (FileChannel from = transfer.open()) {
            send(target, connection -> transfer.send(from, connection));
        }
        return 0;
    }

    /** What is done with the connection. */
    @FunctionalInterface
    private interface Use {
        void with(Connection connection) throws IOException;
    }

    private void send(Address target, Use use) throws IOException {
        try (Connection connection = connect(target);
                EndOfProcess end = EndOfProcess.runs(connection::close)) {
            end.during(() -> use.with(connection));
        }
    }

    private Connection connect(Address target) {
        try {
            return main.registry().connect(target, timeout);
        } catch (ConnectFailedException nobody) {
            throw new CommandFailedException(
                    nobody.getMessage() + "; start a listener first: ipckit listen " + target, nobody);
        }
    }

    private void sendAll(Connection connection) throws IOException {
        Sending sending = reply
                ? new Sending.AndReceiving(connection, timeout, main.terminal().out())
                : new Sending.Only(connection);
        int maxBytes = connection.capabilities().maxMessageSize();
        texts.forEach(main.terminal(), maxBytes, connection::flush, sending::send);
        connection.flush();
    }
}
