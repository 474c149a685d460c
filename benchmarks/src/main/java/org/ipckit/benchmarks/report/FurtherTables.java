package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.Figure;
import org.ipckit.benchmarks.Latency;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.report.Table.Column;

/** What was measured because it was asked for, a table for each kind; medians over the rounds. */
final class FurtherTables {

    private static final Cell P50 = latency("p50", Unit.MICROS, Latency::p50Nanos);
    private static final Cell P99 = latency("p99", Unit.MICROS, Latency::p99Nanos);

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    Measurement.ROUND_TRIP,
                    "Self",
                    "What measuring costs of every round trip, with and without looking at the clock, in ns.",
                    FurtherTables::self,
                    List.of(
                            latency("p50", Unit.NANOS, Latency::p50Nanos),
                            latency("p99", Unit.NANOS, Latency::p99Nanos),
                            latency("no clock", Unit.NANOS, Latency::meanUnclockedNanos))),
            new Kind(
                    Measurement.OPEN_LOOP,
                    "Open loop",
                    "Round trips that begin at fixed times; in us from then. x C is of the p50, each at its own rate.",
                    row -> true,
                    List.of(
                            new Cell("1/s", Unit.RATE, Aspect.named("rate")),
                            P50,
                            P99,
                            latency("p99.9", Unit.MICROS, Latency::p999Nanos),
                            latency("max", Unit.MICROS, Latency::maxNanos),
                            Cell.timesLimit("x C", Aspect.OPEN_LOOP_P50),
                            new Cell("not sent", Unit.NANOS, Aspect.named("notSent")))),
            new Kind(
                    Measurement.SET_UP,
                    "Set-up",
                    "From the call that connects to the answer to the first message, in us.",
                    row -> true,
                    List.of(
                            new Cell("connect", Unit.MICROS, Aspect.named("connectP50")),
                            P50,
                            P99,
                            new Cell("CPU", Unit.MICROS, figure -> OptionalDouble.of(figure.cpuNanosPerMessage())))),
            new Kind(
                    Measurement.IDLE,
                    "Idle",
                    "CPU of both ends of a connection while they wait.",
                    row -> true,
                    List.of(new Cell("ms/s", Unit.MILLIS_PER_SECOND, Aspect.named("idleCpu")))),
            new Kind(
                    Measurement.FAN_OUT,
                    "Fan-out",
                    "One publisher, -N subscribers; messages per second that arrive at all of them together.",
                    row -> true,
                    List.of(
                            new Cell("delivered", Unit.RATE, figure -> OptionalDouble.of(figure.messagesPerSecond())),
                            new Cell("published", Unit.RATE, Aspect.named("published")),
                            new Cell("lost", Unit.NANOS, Aspect.named("lost")),
                            new Cell("CPU ns", Unit.NANOS, figure -> OptionalDouble.of(figure.cpuNanosPerMessage())))));

    private FurtherTables() {}

    /** A column: how what it says of a row is found and written. */
    private record Cell(String title, Content content) {

        /** Makes one of the median of a number. */
        Cell(String title, Unit unit, Function<Figure, OptionalDouble> value) {
            this(title, (results, row, measurement) -> {
                OptionalDouble median = row.median(measurement, value);
                return median.isPresent() ? unit.number(median.getAsDouble()) : "";
            });
        }

        /** Makes one of the ratio to the same figure of the program in C. */
        static Cell timesLimit(String title, Aspect aspect) {
            return new Cell(title, (results, row, measurement) -> Unit.ratio(results.timesLimit(row, aspect)));
        }
    }

    private interface Content {
        String of(Results results, ResultRow row, Measurement measurement);
    }

    private record Kind(
            Measurement measurement,
            String title,
            String introduction,
            Predicate<ResultRow> concerns,
            List<Cell> cells) {}

    private static Cell latency(String title, Unit unit, Function<Latency, Number> value) {
        return new Cell(
                title,
                unit,
                figure -> figure.latency() == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(value.apply(figure.latency()).doubleValue()));
    }

    /** Returns true for the row that only tells what measuring costs. */
    static boolean self(ResultRow row) {
        return row.group() == Contender.Group.SELF;
    }

    /** Returns a table for each kind that was measured. */
    static List<Table> of(Results results) {
        List<Table> tables = new ArrayList<>();
        for (Kind kind : KINDS) {
            List<List<String>> rows = results.rows().stream()
                    .filter(row ->
                            row.has(kind.measurement()) && kind.concerns().test(row))
                    .map(row -> cells(results, row, kind))
                    .toList();
            if (!rows.isEmpty()) {
                tables.add(new Table(kind.title(), kind.introduction(), columns(kind), rows, List.of()));
            }
        }
        return tables;
    }

    private static List<Column> columns(Kind kind) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("")));
        kind.cells().forEach(cell -> columns.add(Column.number(cell.title())));
        return columns;
    }

    private static List<String> cells(Results results, ResultRow row, Kind kind) {
        List<String> cells = new ArrayList<>();
        cells.add(results.label(row));
        for (Cell cell : kind.cells()) {
            cells.add(cell.content().of(results, row, kind.measurement()));
        }
        return cells;
    }
}
