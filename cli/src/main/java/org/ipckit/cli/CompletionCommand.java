package org.ipckit.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit completion}: what makes a shell complete the command's words. */
@Command(
        name = "completion",
        description = {
            "Prints a completion script for bash and zsh. To use it in this shell:",
            "  source <(ipckit completion)"
        })
final class CompletionCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        AutoComplete.bash(root.getCommandName(), root)
                .lines()
                .forEach(main.terminal().out()::print);
        main.terminal().out().flush();
        return 0;
    }
}
