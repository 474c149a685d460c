package org.ipckit.cli;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.demos.End;
import org.ipckit.demos.Mistake;
import org.ipckit.demos.Pair;
import org.ipckit.transport.Traits;
import org.ipckit.transport.TransportRegistry;

/** What {@code ipckit demo} tells without running anything. */
final class DemoTexts {

    private static final int WIDTH = 96;

    private DemoTexts() {}

    static List<String> list() {
        List<String> lines = new ArrayList<>();
        lines.add("Alice and Bob talk by:");
        for (Pair pair : Pair.values()) {
            lines.add(String.format("  %-16s ./ipckit demo %s [alice|bob] [--about]", pair.folder(), pair.folder()));
        }
        lines.add("");
        lines.add("Three languages: Python measures, C calculates, a page in PHP shows it:");
        lines.add("  scenario         ./ipckit demo scenario [--port 8080]");
        lines.add("");
        lines.add("Mistakes worth seeing:");
        for (Mistake mistake : Mistake.values()) {
            lines.add(String.format("  %-16s %s", mistake.title(), mistake.summary()));
        }
        lines.add("  ./ipckit demo --mistake NAME");
        return lines;
    }

    static List<String> about(Pair pair, TransportRegistry registry) {
        Traits traits = registry.find(pair.scheme()).orElseThrow().traits();
        List<String> lines = new ArrayList<>(List.of(pair.method(), "", "How it works"));
        lines.addAll(wrapped(pair.howItWorks()));
        addList(lines, "Pros", pair.pros());
        addList(lines, "Cons", pair.cons());
        lines.addAll(List.of("", "As the transport " + pair.scheme() + "://"));
        lines.addAll(wrapped("Both sides meet at: " + traits.sharedToken() + "."));
        lines.addAll(wrapped("What travels: " + traits.dataFormat() + "."));
        lines.addAll(wrapped("Who is kept out: " + traits.accessControl() + "."));
        lines.addAll(wrapped("For it: " + String.join("; ", traits.pros()) + "."));
        lines.addAll(wrapped("Against it: " + String.join("; ", traits.cons()) + "."));
        lines.addAll(List.of("", "The programs"));
        for (End end : End.values()) {
            lines.add("  demos/src/main/java/" + pair.program(end).replace('.', '/') + ".java");
        }
        return lines;
    }

    static List<String> about(Mistake mistake) {
        List<String> lines = new ArrayList<>(List.of("Mistake: " + mistake.summary()));
        lines.addAll(wrapped(mistake.explanation()));
        lines.add("");
        return lines;
    }

    private static void addList(List<String> lines, String title, List<String> items) {
        lines.addAll(List.of("", title));
        items.forEach(item -> lines.add("  - " + item));
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(" ");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
