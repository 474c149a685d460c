package org.ipckit.jmh;

import java.io.IOException;
import org.ipckit.benchmarks.ForkedPair;
import org.ipckit.transport.Transports;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** JMH's own command line, for which the transports to measure are those of the registry. */
public final class JmhMain {

    private JmhMain() {}

    /**
     * Runs.
     *
     * @param args as JMH takes them: patterns of names, and options; {@code -h} lists them
     */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions given = new CommandLineOptions(args);
        if (given.shouldHelp()
                || given.shouldList()
                || given.shouldListWithParams()
                || given.shouldListProfilers()
                || given.shouldListResultFormats()) {
            org.openjdk.jmh.Main.main(args);
        } else {
            new Runner(withRegistry(given).build()).run();
        }
    }

    /** Adds what the command line leaves open. */
    static ChainedOptionsBuilder withRegistry(CommandLineOptions given) {
        ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
        if (!given.getParameter(TransportPair.PARAMETER).hasValue()) {
            options.param(
                    TransportPair.PARAMETER,
                    ForkedPair.transports(Transports.registry()).toArray(String[]::new));
        }
        if (!given.getJvmArgsPrepend().hasValue()) {
            options.jvmArgsPrepend(ForkedPair.FLAGS.toArray(String[]::new));
        }
        return options;
    }
}
