package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.ipckit.benchmarks.report.Table.Column;

/** The latencies that VYRA's guide to gRPC over Unix domain sockets claims, beside those measured. */
final class VyraTable {

    private static final double MILLI = 1e6;

    private static final List<Column> COLUMNS = List.of(
            Column.text("transport"),
            Column.number("claimed, ms"),
            Column.text("measured row"),
            Column.number("p50"),
            Column.text("p50 is"),
            Column.number("p99"),
            Column.text("p99 is"));

    private static final List<Claim> CLAIMS = List.of(
            new Claim("Unix domain socket", "0.05-0.2", 0.05 * MILLI, 0.2 * MILLI, List.of("peer-grpc", "uds")),
            new Claim("TCP, localhost", "0.2-1", 0.2 * MILLI, 1 * MILLI, List.of("tcp")),
            new Claim("ROS2 service", "1-5", 1 * MILLI, 5 * MILLI, List.of()));

    private VyraTable() {}

    private record Claim(String transport, String range, double lowest, double highest, List<String> rows) {

        String place(double nanos) {
            return nanos < lowest ? "outside: faster" : nanos > highest ? "outside: slower" : "inside";
        }
    }

    static Table of(Results results) {
        List<List<String>> rows = new ArrayList<>();
        OptionalInt size = results.mainSize();
        for (Claim claim : CLAIMS) {
            List<List<String>> measured = new ArrayList<>();
            for (String name : claim.rows()) {
                size.stream()
                        .mapToObj(bytes -> results.measured(name, bytes))
                        .flatMap(Optional::stream)
                        .forEach(row -> measured.add(row(claim, row)));
            }
            rows.addAll(measured);
            if (measured.isEmpty()) {
                rows.add(List.of(claim.transport(), claim.range(), "not measured here"));
            }
        }
        return new Table(
                "VYRA's latencies",
                "Round trips"
                        + (size.isPresent() ? " of " + Unit.size(size.getAsInt()) : "")
                        + "; VYRA's are calls of gRPC, which does more than carry a message.",
                COLUMNS,
                rows,
                List.of(
                        "VYRA claims that Unix domain sockets are 10-100 times as fast as ROS2. Its own ranges imply 5 (1 ms"
                                + " / 0.2 ms) to 100 (5 ms / 0.05 ms). Measured: nothing, as ROS2 is not measured here."));
    }

    private static List<String> row(Claim claim, ResultRow row) {
        OptionalDouble p50 = row.median(Aspect.ROUND_TRIP_P50);
        OptionalDouble p99 = row.median(Aspect.ROUND_TRIP_P99);
        if (p50.isEmpty() || p99.isEmpty()) {
            return List.of(claim.transport(), claim.range(), row.name() + ": no round trip was measured");
        }
        return List.of(
                claim.transport(),
                claim.range(),
                row.name(),
                Unit.MICROS.text(p50.getAsDouble()),
                claim.place(p50.getAsDouble()),
                Unit.MICROS.text(p99.getAsDouble()),
                claim.place(p99.getAsDouble()));
    }
}
