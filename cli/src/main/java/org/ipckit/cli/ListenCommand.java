package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ipckit.transport.Address;
import org.ipckit.transport.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit listen}: prints what clients send. */
@Command(
        name = "listen",
        description = {
            "Listens at an address and prints each message as one line, those of several clients as they come.",
            "Line breaks and control characters are escaped; a message that is not UTF-8 is printed as 0x and hexadecimal."
        })
final class ListenCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ADDRESS",
            description = "Where to listen, such as uds://demo; 'ipckit transports' lists the schemes.")
    private String address;

    @Option(names = "--echo", description = "Answer each message with itself.")
    private boolean echo;

    @Mixin
    private Enough enough;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {
                "Write the bytes of one client's messages to a file, and end when it has gone.",
                "Exit code 1 if it was lost before it had said goodbye, or nothing came for --timeout."
            })
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Address here = Address.parse(address);
        if (out != null) {
            return receiveFile(here);
        }
        Tally tally = new Tally(enough.most());
        try (Listener listener = main.registry().listen(here)) {
            Listening listening = new Listening(main, listener, tally, echo);
            try (EndOfProcess end = EndOfProcess.runs(listening::stopAndWait)) {
                main.terminal().tell("listening on " + listener.address());
                if (!listening.run(enough.timeout()) && !end.hasBegun()) {
                    enough.require(tally.count(), listener.address());
                }
            }
        }
        return 0;
    }

    private int receiveFile(Address here) throws IOException {
        if (echo || enough.isCounted()) {
            throw new ParameterException(spec.commandLine(), "--out goes with neither --echo nor --count");
        }
        FileTransfer transfer = new FileTransfer(main, out);
        transfer.requireReliable(here);
        try (Listener listener = main.registry().listen(here);
                EndOfProcess end = EndOfProcess.runs(listener::close)) {
            main.terminal().tell("listening on " + listener.address());
            end.during(() -> transfer.receive(listener, enough.timeout()));
        }
        return 0;
    }
}
