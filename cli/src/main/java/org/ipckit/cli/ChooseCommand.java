package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ipckit.benchmarks.report.MeasuredCosts;
import org.ipckit.cli.choose.Answer;
import org.ipckit.cli.choose.AnswerText;
import org.ipckit.cli.choose.Needs;
import org.ipckit.cli.choose.Question;
import org.ipckit.cli.choose.Questions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit choose}: which transport fits what a program needs. */
@Command(
        name = "choose",
        description = "Says which transports fit what a program needs, why, what they cost here, and how to begin.",
        footer = {
            "",
            "In a terminal, without options, it asks. Every option has a usual value, so one is enough: choose --size 4KiB.",
            "Costs are those of the last ./ipckit bench. Exit code: 0 if something fits, 1 if not, 2 if an option is wrong."
        })
final class ChooseCommand implements Callable<Integer> {

    private static final Path LAST_RESULTS = Path.of("bench.json");

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "The largest message, such as 64 or 16KiB (usual: 64).")
    private String size;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second, such as 500 or 20k (usual: 0, it does not matter).")
    private String rate;

    @Option(
            names = "--reach",
            paramLabel = "WHERE",
            description = "Where both sides are: process, machine (usual) or network.")
    private String reach;

    @Option(
            names = "--languages",
            paramLabel = "LIST",
            description = "Other languages that take part, such as python,c (usual: none).")
    private String languages;

    @Option(names = "--survive-restart", description = "Messages that nobody has read outlive the processes.")
    private boolean survive;

    @Option(names = "--may-lose", description = "Messages may be lost when the receiver does not keep up.")
    private boolean mayLose;

    @Option(names = "--topic", description = "Several receivers get each message.")
    private boolean topic;

    @Option(
            names = "--cpu",
            paramLabel = "TIME",
            description = "Processor time: scarce, normal (usual), or spare: who waits may keep a processor busy.")
    private String cpu;

    @Option(names = "--os", paramLabel = "SYSTEMS", description = "linux (usual) or any.")
    private String os;

    @Option(
            names = "--trust",
            paramLabel = "WHO",
            description = "Who can listen on the way: own, the programs of one user (usual), or others.")
    private String trust;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "What ./ipckit bench has measured (default: bench.json, if it is there).")
    private Path results;

    @Option(names = "--json", description = "Print everything as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path file = results == null ? LAST_RESULTS : results;
        Answer answer = Answer.of(needs(), main.registry(), costs(file), file.toString());
        List<String> lines = json ? PrettyJson.lines(answer) : AnswerText.lines(answer);
        lines.forEach(main.terminal().out()::print);
        main.terminal().out().flush();
        return answer.ranked().isEmpty() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /** Returns what was measured. The last results are of use if they are there and can be read, others have to be. */
    private Optional<MeasuredCosts> costs(Path file) throws IOException {
        if (results == null && !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MeasuredCosts.read(file));
        } catch (IOException unreadable) {
            if (results != null) {
                throw unreadable;
            }
            main.terminal().complain(unreadable.getMessage() + "; without it nothing is known of this machine");
            return Optional.empty();
        }
    }

    private Needs needs() throws IOException {
        Map<Question, String> answers = answers();
        if (!answers.isEmpty()) {
            try {
                return Needs.of(answers);
            } catch (IllegalArgumentException wrong) {
                throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
            }
        }
        if (!main.terminal().inIsTerminal()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nobody is there to be asked; say at least one of "
                            + Stream.of(Question.values()).map(Question::option).collect(Collectors.joining(", ")));
        }
        return new Questions(main.terminal().in(), main.terminal().errWriter()).ask();
    }

    private Map<Question, String> answers() {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        put(answers, Question.SIZE, size);
        put(answers, Question.RATE, rate);
        put(answers, Question.REACH, reach);
        put(answers, Question.LANGUAGES, languages);
        put(answers, Question.SURVIVE, survive ? "yes" : null);
        put(answers, Question.LOSS, mayLose ? "yes" : null);
        put(answers, Question.TOPIC, topic ? "yes" : null);
        put(answers, Question.CPU, cpu);
        put(answers, Question.OS, os);
        put(answers, Question.TRUST, trust);
        return answers;
    }

    private static void put(Map<Question, String> answers, Question question, String answer) {
        if (answer != null) {
            answers.put(question, answer);
        }
    }
}
