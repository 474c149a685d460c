package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ipckit.demos.End;
import org.ipckit.demos.Language;
import org.ipckit.demos.Launcher;
import org.ipckit.demos.Mistake;
import org.ipckit.demos.Pair;
import org.ipckit.transport.TransportRegistry;
import org.ipckit.transport.spi.Deadline;

/** Runs the programs of a pair, each in a process of its own. */
final class DemoPrograms {

    private static final Duration READY = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long LAST_WORDS_MILLIS = 1500;
    private static final long SIGNALS_MILLIS = 2000;
    private static final long SLOW_SIGNALS_MILLIS = 8000;
    private static final long LOOK_MILLIS = 50;

    private final Launcher launcher;
    private final Pair pair;
    private final DemoPlace place;
    private final boolean slow;
    private final Optional<String> server;

    DemoPrograms(Pair pair, DemoPlace place, boolean slow, Optional<String> server) {
        this.launcher = new Launcher(DemoPlace.sources(), place.compiled());
        this.pair = pair;
        this.place = place;
        this.slow = slow;
        this.server = server;
    }

    /** Runs one end in the place of this command, until it ends. */
    int runHere(End end) throws IOException {
        List<String> arguments =
                server.filter(given -> pair == Pair.MESSAGE_QUEUE).stream().toList();
        return runHere(builder(launcher.command(pair, end, Language.JAVA, arguments)));
    }

    /** Shows a mistake. */
    static int runHere(Mistake mistake, Path folder) throws IOException {
        return runHere(new ProcessBuilder(Launcher.java(mistake.program())).directory(folder.toFile()));
    }

    private static int runHere(ProcessBuilder builder) throws IOException {
        try (DemoProcess program = DemoProcess.start(builder.inheritIO())) {
            return program.await();
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(place.folder().toFile());
        if (slow) {
            builder.environment().put("DEMO_SLOW", "1");
        }
        return builder;
    }

    /**
     * Runs both ends, and ends the one that would go on.
     *
     * @param inJava whose program is the one in Java
     * @param other the language of the other one
     */
    int runBoth(End inJava, Language other, DemoLines lines, TransportRegistry registry) throws IOException {
        lines.print("(" + pair.folder() + ": " + inJava.title() + " in java, "
                + inJava.other().title() + " in " + other + ", in " + place.folder() + ")");
        if (pair != Pair.MESSAGE_QUEUE) {
            runBoth(inJava, other, lines, language -> List.of(), () -> pair.isReady(place.folder()));
            return 0;
        }
        try (DemoQueue queue = DemoQueue.open(registry, server, place.folder())) {
            runBoth(inJava, other, lines, language -> List.of(queue.forProgramIn(language)), queue::isReady);
            return 0;
        }
    }

    /** What the programs are told: where the queue is, if it is one. */
    private interface Arguments {
        List<String> of(Language language);
    }

    /** Whether the second program can be started. */
    private interface Ready {
        boolean now() throws IOException;
    }

    private void runBoth(End inJava, Language other, DemoLines lines, Arguments arguments, Ready ready)
            throws IOException {
        End first = pair.first();
        Language ofFirst = first == inJava ? Language.JAVA : other;
        Language ofSecond = first == inJava ? other : Language.JAVA;
        try (DemoProcess one = start(first, ofFirst, arguments);
                DemoLines.Printing ofOne = lines.printing(first, one)) {
            awaitReady(one, ready);
            try (DemoProcess two = start(first.other(), ofSecond, arguments);
                    DemoLines.Printing ofTwo = lines.printing(first.other(), two)) {
                awaitEitherEnd(one, two);
                ofTwo.endsIn(pair == Pair.SHARED_MEMORY ? LAST_WORDS_MILLIS : 0);
            }
            // It may still have to say something to the last words of the other.
            ofOne.endsIn(LAST_WORDS_MILLIS);
        }
    }

    private DemoProcess start(End end, Language language, Arguments arguments) throws IOException {
        return DemoProcess.start(builder(launcher.command(pair, end, language, arguments.of(language)))
                .redirectErrorStream(true));
    }

    private static void awaitReady(DemoProcess program, Ready ready) throws IOException {
        Deadline deadline = Deadline.after(READY);
        while (!ready.now()) {
            if (!program.process().isAlive()) {
                throw new CommandFailedException("the first program has ended before the other could come");
            }
            if (deadline.expired()) {
                throw new CommandFailedException("the first program does not get ready");
            }
            program.await(LOOK_MILLIS);
        }
    }

    /** Signals go on for ever; everywhere else one of the two has an end. */
    private void awaitEitherEnd(DemoProcess one, DemoProcess two) throws IOException {
        if (pair == Pair.SIGNALS) {
            two.await(slow ? SLOW_SIGNALS_MILLIS : SIGNALS_MILLIS);
            return;
        }
        Deadline deadline = Deadline.after(LONGEST);
        while (one.process().isAlive() && two.process().isAlive() && !deadline.expired()) {
            two.await(LOOK_MILLIS);
        }
    }
}
