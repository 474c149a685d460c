package org.ipckit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The report for people: one line per row, columns aligned, medians over the rounds. */
final class ReportTable {

    private static final List<String> GROUPS = List.of(
            "",
            "round trip, us",
            "",
            "",
            "",
            "",
            "one way, messages/s",
            "",
            "",
            "",
            "batched",
            "",
            "per message one way",
            "");
    private static final List<String> COLUMNS = List.of(
            "", "p50", "+-", "p99", "p99.9", "x C", "", "+-", "x C", "x raw", "messages/s", "x C", "CPU ns", "bytes");

    private final Report report;

    ReportTable(Report report) {
        this.report = report;
    }

    /** Returns the table, then what is to be known about it. */
    List<String> lines() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(GROUPS);
        cells.add(COLUMNS);
        for (RowReport row : report.rows()) {
            if (row.rounds().isEmpty()) {
                cells.add(List.of(row.row().name(), row.reason() == null ? "not reached" : "- " + row.reason()));
            } else {
                cells.add(cells(row));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("Messages of " + report.sizeBytes() + " bytes; median of " + measuredRounds()
                + " interleaved rounds, +- the farthest round; x: times the figure of the row in C (c-...) or without our"
                + " API (raw-...) in the same round");
        lines.add("");
        lines.addAll(align(cells));
        lines.add("");
        lines.addAll(remarks());
        return lines;
    }

    private int measuredRounds() {
        return report.rows().stream().mapToInt(row -> row.rounds().size()).max().orElse(0);
    }

    private List<String> cells(RowReport row) {
        Optional<RowReport> limit = find(row.row().limit());
        Optional<RowReport> raw = find(row.row().raw());
        List<Double> p50 = row.values(Measurement.ROUND_TRIP, ReportTable::p50);
        List<Double> rate = row.values(Measurement.ONE_WAY, Figure::messagesPerSecond);
        return List.of(
                row.row().name(),
                micros(Median.of(p50)),
                percent(RowReport.spread(p50)),
                micros(Median.of(row.values(Measurement.ROUND_TRIP, ReportTable::p99))),
                micros(Median.of(row.values(Measurement.ROUND_TRIP, ReportTable::p999))),
                ratio(row, limit, Measurement.ROUND_TRIP, ReportTable::p50),
                count(Median.of(rate)),
                percent(RowReport.spread(rate)),
                ratio(row, limit, Measurement.ONE_WAY, Figure::messagesPerSecond),
                ratio(row, raw, Measurement.ONE_WAY, Figure::messagesPerSecond),
                count(Median.of(row.values(Measurement.ONE_WAY_BATCHED, Figure::messagesPerSecond))),
                ratio(row, limit, Measurement.ONE_WAY_BATCHED, Figure::messagesPerSecond),
                plain(Median.of(row.values(Measurement.ONE_WAY, Figure::cpuNanosPerMessage))),
                plain(Median.of(allocated(row))));
    }

    private static List<Double> allocated(RowReport row) {
        List<Double> known = new ArrayList<>();
        for (RowReport.RoundReport round : row.rounds()) {
            round.find(Measurement.ONE_WAY)
                    .map(Figure::allocatedBytesPerMessage)
                    .ifPresent(known::add);
        }
        return known;
    }

    private Optional<RowReport> find(String name) {
        return report.rows().stream()
                .filter(row -> row.row().name().equals(name))
                .findFirst();
    }

    private static String ratio(
            RowReport row, Optional<RowReport> other, Measurement measurement, ToDoubleFunction<Figure> value) {
        OptionalDouble ratio =
                other.map(found -> row.ratio(found, measurement, value)).orElse(OptionalDouble.empty());
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (RowReport row : report.rows()) {
            String name = row.row().name();
            if (row.reason() != null && !row.rounds().isEmpty()) {
                remarks.add(name + " stopped after round "
                        + row.rounds().get(row.rounds().size() - 1).round() + ": " + row.reason());
            }
            row.remarks().forEach(remark -> remarks.add(name + ": " + remark));
        }
        if (!report.completed()) {
            remarks.add("Interrupted: not all rounds were measured.");
        }
        remarks.addAll(report.remarks());
        Machine machine = report.machine();
        remarks.add(
                machine.model() + ", " + machine.cores() + " processors, " + machine.kernel() + ", " + report.java());
        remarks.add(report.command() + (report.commit() == null ? "" : ", commit " + report.commit()) + ", "
                + report.date());
        return remarks;
    }

    private static double p50(Figure figure) {
        return figure.latency().p50Nanos();
    }

    private static double p99(Figure figure) {
        return figure.latency().p99Nanos();
    }

    private static double p999(Figure figure) {
        return figure.latency().p999Nanos();
    }

    private static String micros(OptionalDouble nanos) {
        return nanos.isPresent() ? significant(nanos.getAsDouble() / 1e3) : "";
    }

    private static String percent(OptionalDouble part) {
        return part.isPresent() ? Math.round(100 * part.getAsDouble()) + "%" : "";
    }

    private static String count(OptionalDouble perSecond) {
        if (perSecond.isEmpty()) {
            return "";
        }
        double value = perSecond.getAsDouble();
        return value >= 1e6 ? significant(value / 1e6) + " M" : significant(value / 1e3) + " k";
    }

    private static String plain(OptionalDouble value) {
        return value.isPresent() ? significant(value.getAsDouble()) : "";
    }

    /** Three digits: more would be noise. */
    private static String significant(double value) {
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static List<String> align(List<List<String>> cells) {
        int[] widths = new int[COLUMNS.size()];
        for (List<String> row : cells) {
            // A title of several columns and a reason run over into what is empty beside them.
            if (row.size() == widths.length && row != GROUPS) {
                for (int i = 0; i < widths.length; i++) {
                    widths[i] = Math.max(widths[i], row.get(i).length());
                }
            } else {
                widths[0] = Math.max(widths[0], row.get(0).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            int start = 0;
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                boolean left = i == 0 || row == GROUPS || row.size() < widths.length;
                line.append(" ".repeat(Math.max(0, start - line.length())));
                line.append(left ? cell : " ".repeat(Math.max(0, widths[i] - cell.length())) + cell);
                start += widths[i] + 2;
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
