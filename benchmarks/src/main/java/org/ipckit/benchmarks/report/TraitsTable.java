package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ipckit.benchmarks.report.Table.Column;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.TransportRegistry;

/**
 * The summary at the end of a blog post on inter-process communication in Python. Its cells are made of what our
 * transports say of themselves; where ours differ from what the blog had in mind, a column of its own says so.
 */
final class TraitsTable {

    private static final List<Column> COLUMNS = List.of(
            Column.text("Method"),
            Column.text("Cross Platform Compatible"),
            Column.text("Requires File or File Descriptor"),
            Column.text("Requires External Service"),
            Column.text("Easy to write / read code ²"),
            Column.text("In ipckit"));

    private static final List<Question> QUESTIONS = List.of(
            new Question("cross platform", Traits::crossPlatform),
            new Question("needs a file", Traits::needsFile),
            new Question("needs a service", Traits::needsService),
            new Question("easy", Traits::easy));

    private static final List<Method> METHODS = List.of(
            new Method("Pipes", "pipe", List.of("", "", "", ""), List.of()),
            new Method("Files", "jsonfile", List.of("", "", "", ""), List.of()),
            new Method("Message Queues", "redis", List.of(" ³", "", "", ""), List.of()),
            // The blog's memory is Python's mmap, which Windows has too; ours waits with what only Linux has.
            new Method("Shared Memory", "shm", List.of(" ⁴", " ⁵", "", ""), List.of("cross platform")),
            new Method("Sockets", "tcp", List.of("", "", "", ""), List.of()),
            new Method("Signals", "signal", List.of("", "", "", ""), List.of()));

    private static final List<String> NOTES = List.of(
            "¹ bollocks (it belongs to the blog's paragraph on RPC, not to a cell)",
            "² not easy: lower-level code than the average scripter deals with",
            "³ mostly, at least the client side",
            "⁴ using mmap, not posix_ipc",
            "⁵ using mmap, not posix_ipc",
            "The blog's conclusion: sockets have the most favorable traits; its author prefers message queues or REST.");

    private TraitsTable() {}

    /** A column of the blog and what our transports answer. */
    private record Question(String name, Function<Traits, Trait> answer) {}

    /**
     * A row of the blog.
     *
     * @param marks of its footnotes, column by column
     * @param differs the questions that our transport answers otherwise
     */
    private record Method(String name, String scheme, List<String> marks, List<String> differs) {}

    static Table of(TransportRegistry registry) {
        return new Table(
                "The blog's summary",
                "",
                COLUMNS,
                METHODS.stream().map(method -> row(registry, method)).toList(),
                NOTES);
    }

    private static List<String> row(TransportRegistry registry, Method method) {
        return registry.find(method.scheme())
                .map(transport -> row(transport.traits(), method))
                .orElse(List.of(method.name(), method.scheme() + " is not on the class path"));
    }

    private static List<String> row(Traits traits, Method method) {
        List<String> cells = new ArrayList<>();
        cells.add(method.name());
        List<String> facts = new ArrayList<>();
        for (int at = 0; at < QUESTIONS.size(); at++) {
            Question question = QUESTIONS.get(at);
            Trait trait = question.answer().apply(traits);
            boolean differs = method.differs().contains(question.name());
            cells.add((trait.holds() != differs ? "Yes" : "No") + method.marks().get(at));
            String note = trait.note().isEmpty() ? "" : " (" + trait.note() + ")";
            if (differs || !note.isEmpty()) {
                facts.add(question.name() + ": " + (trait.holds() ? "yes" : "no") + note);
            }
        }
        cells.add(method.scheme() + "://" + (facts.isEmpty() ? "" : "; " + String.join("; ", facts)));
        return cells;
    }
}
