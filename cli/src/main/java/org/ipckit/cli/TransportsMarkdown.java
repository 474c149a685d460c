package org.ipckit.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;

/** The transports as the README's table. It says nothing about the machine it was made on. */
final class TransportsMarkdown {

    private final Map<String, Integer> notes = new LinkedHashMap<>();

    private TransportsMarkdown() {}

    static List<String> lines(List<TransportInfo> transports) {
        return new TransportsMarkdown().table(transports);
    }

    private List<String> table(List<TransportInfo> transports) {
        List<String> head = List.of(
                "scheme",
                "mechanism",
                "max message",
                "delivery",
                "when full",
                "peer loss",
                "reach",
                "cross platform",
                "needs file",
                "needs service",
                "easy");
        List<String> lines = new ArrayList<>();
        lines.add(line(head));
        lines.add(line(head.stream().map(column -> "---").toList()));
        for (TransportInfo transport : transports) {
            Traits traits = transport.traits();
            lines.add(line(List.of(
                    "`" + transport.scheme() + "`",
                    cell(transport.mechanism()),
                    transport.maxMessage(),
                    transport.delivery(),
                    transport.whenFull(),
                    transport.peerLoss(),
                    transport.reach(),
                    cell(traits.crossPlatform()),
                    cell(traits.needsFile()),
                    cell(traits.needsService()),
                    cell(traits.easy()))));
        }
        notes.forEach((note, number) -> {
            lines.add("");
            lines.add("<sup>" + number + "</sup> " + note);
        });
        return lines;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private String cell(Trait trait) {
        String answer = trait.holds() ? "yes" : "no";
        if (trait.note().isEmpty()) {
            return answer;
        }
        int number = notes.computeIfAbsent(cell(trait.note()), note -> notes.size() + 1);
        return answer + " <sup>" + number + "</sup>";
    }

    private static String cell(String text) {
        return MessageText.oneLine(text).replace("|", "\\|");
    }
}
