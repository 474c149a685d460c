package org.ipckit.benchmarks.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ipckit.benchmarks.Figure;
import org.ipckit.benchmarks.FigureField;
import org.ipckit.benchmarks.Latency;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Quantity;
import org.ipckit.benchmarks.Quantity.Better;

/** What is read from a figure: what a column, a chart or a comparison is about. */
enum Aspect {
    /** Half of the round trips take at most this. */
    ROUND_TRIP_P50("round trip p50", Unit.MICROS, FigureField.P50.better(), Measurement.ROUND_TRIP, Latency::p50Nanos),
    /** All but one in a hundred. */
    ROUND_TRIP_P99("round trip p99", Unit.MICROS, FigureField.P99.better(), Measurement.ROUND_TRIP, Latency::p99Nanos),
    /** All but one in a thousand. */
    ROUND_TRIP_P999(
            "round trip p99.9", Unit.MICROS, FigureField.P999.better(), Measurement.ROUND_TRIP, Latency::p999Nanos),
    /** The longest. */
    ROUND_TRIP_MAX("round trip max", Unit.MICROS, FigureField.MAX.better(), Measurement.ROUND_TRIP, Latency::maxNanos),
    /** Round trips one after the other. */
    ROUND_TRIP_RATE(
            "round trips per second",
            Unit.RATE,
            FigureField.RATE.better(),
            Measurement.ROUND_TRIP,
            of(Figure::messagesPerSecond)),
    /** Messages in one direction. */
    RATE("one way", Unit.RATE, FigureField.RATE.better(), Measurement.ONE_WAY, of(Figure::messagesPerSecond)),
    /** The same, many in one system call. */
    BATCHED_RATE(
            "one way, batched",
            Unit.RATE,
            FigureField.RATE.better(),
            Measurement.ONE_WAY_BATCHED,
            of(Figure::messagesPerSecond)),
    /** User and system time of both processes. */
    CPU("CPU per message", Unit.NANOS, FigureField.CPU.better(), Measurement.ONE_WAY, of(Figure::cpuNanosPerMessage)),
    /** What the measuring threads leave to the garbage collector. */
    ALLOCATION("allocated per message", Unit.BYTES, FigureField.ALLOCATED.better(), Measurement.ONE_WAY, (Function<
                    Figure, OptionalDouble>)
            figure -> figure.allocatedBytesPerMessage() == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(figure.allocatedBytesPerMessage())),
    /** Round trips that begin at fixed times, counted from then. */
    OPEN_LOOP_P50("open loop p50", Unit.MICROS, FigureField.P50.better(), Measurement.OPEN_LOOP, Latency::p50Nanos),
    /** All but one in a hundred of them. */
    OPEN_LOOP_P99("open loop p99", Unit.MICROS, FigureField.P99.better(), Measurement.OPEN_LOOP, Latency::p99Nanos),
    /** From the call that connects to the first answer. */
    SET_UP("set-up p50", Unit.MICROS, FigureField.P50.better(), Measurement.SET_UP, Latency::p50Nanos),
    /** Processor time of both ends while nothing comes. */
    IDLE("idle CPU", Unit.MILLIS_PER_SECOND, Better.LESS, Measurement.IDLE, named("idleCpu")),
    /** What arrives at all subscribers of a publisher together. */
    DELIVERED("delivered", Unit.RATE, FigureField.RATE.better(), Measurement.FAN_OUT, of(Figure::messagesPerSecond));

    private final String title;
    private final Unit unit;
    private final Better better;
    private final Measurement measurement;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Function<Figure, OptionalDouble> value;

    Aspect(String title, Unit unit, Better better, Measurement measurement, Function<Figure, OptionalDouble> value) {
        this.title = title;
        this.unit = unit;
        this.better = better;
        this.measurement = measurement;
        this.value = value;
    }

    Aspect(String title, Unit unit, Better better, Measurement measurement, ToDoubleFunction<Latency> value) {
        this(title, unit, better, measurement, (Function<Figure, OptionalDouble>) figure -> figure.latency() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(value.applyAsDouble(figure.latency())));
    }

    /** Returns one of the numbers that only some measurements tell. */
    static Function<Figure, OptionalDouble> named(String name) {
        return figure -> Optional.ofNullable(figure.more()).stream()
                .flatMap(List::stream)
                .filter(quantity -> quantity.name().equals(name))
                .mapToDouble(Quantity::value)
                .findFirst();
    }

    private static Function<Figure, OptionalDouble> of(ToDoubleFunction<Figure> value) {
        return figure -> OptionalDouble.of(value.applyAsDouble(figure));
    }

    String title() {
        return title;
    }

    Unit unit() {
        return unit;
    }

    Better better() {
        return better;
    }

    Measurement measurement() {
        return measurement;
    }

    /** Returns the value; empty if the figure does not have it. */
    OptionalDouble of(Figure figure) {
        return value.apply(figure);
    }

    /** Returns how many times the value of the other the value is; empty if either does not have it, or that is zero. */
    OptionalDouble ratio(Figure figure, Figure to) {
        double divisor = of(to).orElse(0);
        OptionalDouble dividend = of(figure);
        return dividend.isEmpty() || divisor == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(dividend.getAsDouble() / divisor);
    }
}
