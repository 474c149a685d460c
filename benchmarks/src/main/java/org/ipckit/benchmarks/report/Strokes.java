package org.ipckit.benchmarks.report;

import java.util.HashMap;
import java.util.Map;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.report.Stroke.Pattern;

/** How the rows of results look: the same in all charts, and each limit and raw row in the colour of what it belongs to. */
final class Strokes {

    private final Map<String, Stroke> byName = new HashMap<>();
    private int colours;

    private Strokes() {}

    static Strokes of(Results results) {
        Strokes strokes = new Strokes();
        // A row that is another one's limit or raw row has its look from that one, wherever it stands.
        for (ResultRow row : results.rows()) {
            if (row.group() == Contender.Group.TRANSPORT) {
                Stroke own = strokes.own(row.name());
                row.raw().ifPresent(raw -> strokes.give(raw, own, Pattern.LONG));
                row.limit().ifPresent(limit -> strokes.give(limit, own, Pattern.DASHED));
            }
        }
        // Those that belong to none have theirs now, not when they are first drawn, which differs from chart to chart.
        results.rows().forEach(row -> strokes.own(row.name()));
        return strokes;
    }

    private void give(String name, Stroke from, Pattern pattern) {
        byName.putIfAbsent(name, new Stroke(from.colour(), pattern));
    }

    private Stroke own(String name) {
        return byName.computeIfAbsent(name, unseen -> {
            int colour = colours++;
            int all = Palette.ON_WHITE.size();
            return new Stroke(colour % all, colour < all ? Pattern.SOLID : Pattern.DOTTED);
        });
    }

    Stroke of(ResultRow row) {
        return own(row.name());
    }
}
