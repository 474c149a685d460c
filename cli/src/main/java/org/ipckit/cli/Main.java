package org.ipckit.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.ipckit.transport.TransportRegistry;
import org.ipckit.transport.Transports;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code ipckit} command: the entry point that picks the subcommand. */
@Command(
        name = "ipckit",
        description = "Inter-process communication for Java.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ChooseCommand.class,
            BenchCommand.class,
            ListenCommand.class,
            SendCommand.class,
            PublishCommand.class,
            SubscribeCommand.class,
            TransportsCommand.class,
            CodecCommand.class,
            DemoCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Exit code: 0 done, 1 it failed, 2 the command line is wrong; 130 after Ctrl+C, 143 after SIGTERM, 141 when"
                    + " nobody reads the output any more."
        })
public final class Main implements Callable<Integer> {

    private final Terminal terminal;
    private final Supplier<TransportRegistry> registry;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Say on standard error what goes on, and show the stack of a failure.")
    private boolean verbose;

    Main(Terminal terminal, Supplier<TransportRegistry> registry) {
        this.terminal = Objects.requireNonNull(terminal, "terminal");
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the arguments of the command line
     */
    public static void main(String[] args) {
        System.exit(new Main(Terminal.ofProcess(), Transports::registry).execute(args));
    }

    /** Runs the command and returns its exit code. */
    int execute(String... args) {
        CommandLine commandLine = new CommandLine(this);
        Complaints complaints = new Complaints(terminal, () -> verbose);
        int exitCode = commandLine
                .setExpandAtFiles(false) // "@alice" is a message, not a file of arguments
                .setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setParameterExceptionHandler(complaints::ofUsage)
                .setExecutionExceptionHandler(complaints::ofExecution)
                .setExecutionStrategy(parsed -> {
                    chooseLogLevel();
                    return new RunLast().execute(parsed);
                })
                .execute(args);
        commandLine.getOut().flush();
        return exitCode;
    }

    /** Loggers ask for their level when they are made, and none is made before a command runs. */
    private void chooseLogLevel() {
        if (verbose) {
            System.setProperty("org.slf4j.simpleLogger.log.org.ipckit", "debug");
        }
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(terminal.errWriter());
        return ExitCode.USAGE;
    }

    Terminal terminal() {
        return terminal;
    }

    TransportRegistry registry() {
        return registry.get();
    }

    boolean verbose() {
        return verbose;
    }

    /** Tells it on standard error if {@code --verbose} asks for it. */
    void report(String line) {
        if (verbose) {
            terminal.tell(line);
        }
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "ipckit " + (version == null ? "(development)" : version),
                "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
