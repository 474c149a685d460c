package org.ipckit.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ipckit transports}: what there is, whether it works here, what it promises. */
@Command(
        name = "transports",
        description = "Lists the transports: whether each works here, or why not, and what it promises.")
final class TransportsCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @ArgGroup
    private Form form = new Form();

    private static final class Form {

        @Option(names = "--json", description = "Print everything as JSON.")
        private boolean json;

        @Option(names = "--markdown", description = "Print the table for a README, the same on every machine.")
        private boolean markdown;
    }

    @Override
    public Integer call() throws IOException {
        List<TransportInfo> transports = TransportInfo.all(main.registry());
        lines(transports).forEach(main.terminal().out()::print);
        main.terminal().out().flush();
        return 0;
    }

    private List<String> lines(List<TransportInfo> transports) throws IOException {
        if (form.json) {
            return PrettyJson.lines(transports);
        }
        return form.markdown ? TransportsMarkdown.lines(transports) : TransportsTable.lines(transports);
    }
}
