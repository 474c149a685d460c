package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.report.SourceTables;
import org.ipckit.demos.End;
import org.ipckit.demos.Language;
import org.ipckit.demos.Mistake;
import org.ipckit.demos.Pair;
import org.ipckit.demos.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit demo}: Alice and Bob, a pair of small programs for each mechanism. */
@Command(
        name = "demo",
        description = {
            "Runs Alice and Bob, a pair of small programs for each mechanism, in a process each.",
            "Without a PAIR it lists them."
        },
        footer = {
            "",
            "Examples:",
            "  ipckit demo pipes                   both ends, in a folder that is removed afterwards",
            "  ipckit demo pipes alice             one end, here; the other in a second terminal",
            "  ipckit demo pipes --slow            each step told, one a second",
            "  ipckit demo pipes --with python     Alice in Java, Bob in Python",
            "  ipckit demo pipes bob --with c      Bob in Java, Alice in C",
            "  ipckit demo scenario                Python measures, C calculates, PHP shows it",
            "  ipckit demo --mistake torn-read     a program that shows a mistake",
        })
final class DemoCommand implements Callable<Integer> {

    private static final String SCENARIO = "scenario";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PAIR", description = "Which mechanism.")
    private String pair;

    @Parameters(index = "1", arity = "0..1", paramLabel = "END", description = "alice or bob: only this one, here.")
    private String end;

    @Option(names = "--about", description = "Say how it works, and what speaks for and against it.")
    private boolean about;

    @Option(
            names = "--with",
            paramLabel = "LANGUAGE",
            description = "Take the other end in this language: python or c.")
    private String with;

    @Option(names = "--slow", description = "Tell each step that the system takes, one a second.")
    private boolean slow;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            description = "Where the programs make their files; not removed afterwards.")
    private Path folder;

    @Option(
            names = "--server",
            paramLabel = "ADDRESS",
            description =
                    "The channel of message-queue. Default redis://localhost:6379/my_channel; if no server is there"
                            + " and both ends run, one is started.")
    private String server;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where the page of the scenario is.",
            defaultValue = "8080")
    private int port;

    @Option(names = "--mistake", paramLabel = "NAME", description = "Show a mistake, and what helps.")
    private String mistake;

    @Option(names = "--table", description = "Print the mechanisms side by side, as a table in Markdown.")
    private boolean table;

    @Override
    public Integer call() throws IOException {
        if (table) {
            return print(SourceTables.traits(main.registry()));
        }
        if (mistake != null) {
            return run(chosen(mistake));
        }
        if (SCENARIO.equals(pair)) {
            return runScenario();
        }
        if (pair == null) {
            return print(DemoTexts.list());
        }
        Pair chosen =
                Pair.named(pair).orElseThrow(() -> wrong("there is no pair '" + pair + "'; 'ipckit demo' lists them"));
        if (about) {
            return print(DemoTexts.about(chosen, main.registry()));
        }
        return run(chosen);
    }

    private int runScenario() throws IOException {
        DemoLines lines = new DemoLines(main.terminal());
        try (Scenario scenario = Scenario.start(DemoPlace.home(), port, true, lines::print);
                EndOfProcess end = EndOfProcess.runs(scenario::close)) {
            scenario.awaitEnd();
            return end.hasBegun() ? 0 : 1;
        }
    }

    private int run(Pair chosen) throws IOException {
        Optional<End> one = Optional.ofNullable(end).map(this::end);
        boolean alone = one.isPresent() && with == null;
        try (DemoPlace place = DemoPlace.of(Optional.ofNullable(folder), alone)) {
            DemoPrograms programs = new DemoPrograms(chosen, place, slow, Optional.ofNullable(server));
            return alone
                    ? programs.runHere(one.get())
                    : programs.runBoth(
                            one.orElse(End.ALICE), language(), new DemoLines(main.terminal()), main.registry());
        }
    }

    private int run(Mistake chosen) throws IOException {
        print(DemoTexts.about(chosen));
        try (DemoPlace place = DemoPlace.of(Optional.ofNullable(folder), false)) {
            return DemoPrograms.runHere(chosen, place.folder());
        }
    }

    private End end(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "alice" -> End.ALICE;
            case "bob" -> End.BOB;
            default -> throw wrong("END is alice or bob, not '" + name + "'");
        };
    }

    private Language language() {
        if (with == null) {
            return Language.JAVA;
        }
        return switch (with.toLowerCase(Locale.ROOT)) {
            case "java" -> Language.JAVA;
            case "python" -> Language.PYTHON;
            case "c" -> Language.C;
            default -> throw wrong("--with takes java, python or c, not '" + with + "'");
        };
    }

    private Mistake chosen(String name) {
        return Mistake.named(name)
                .orElseThrow(() -> wrong("there is no mistake '" + name + "'; 'ipckit demo' lists them"));
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private int print(List<String> lines) {
        lines.forEach(main.terminal().out()::print);
        main.terminal().out().flush();
        return 0;
    }
}
