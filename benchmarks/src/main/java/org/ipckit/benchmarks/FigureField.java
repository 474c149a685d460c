package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.ipckit.benchmarks.Quantity.Better;

/** A number that figures have under a fixed name: what it is counted in, and which of two is the better one. */
@JsonFormat(shape = JsonFormat.Shape.OBJECT)
public enum FigureField {
    MESSAGES("messages", "1", Better.NEITHER),
    ELAPSED("elapsedNanos", "ns", Better.NEITHER),
    RATE("messagesPerSecond", "1/s", Better.MORE),
    CPU("cpuNanosPerMessage", "ns", Better.LESS),
    ALLOCATED("allocatedBytesPerMessage", "B", Better.LESS),
    P50("p50Nanos", "ns", Better.LESS),
    P99("p99Nanos", "ns", Better.LESS),
    P999("p999Nanos", "ns", Better.LESS),
    MAX("maxNanos", "ns", Better.LESS),
    MEAN_UNCLOCKED("meanUnclockedNanos", "ns", Better.LESS),
    LINE_BEFORE("lineNanosBefore", "ns", Better.NEITHER),
    LINE_AFTER("lineNanosAfter", "ns", Better.NEITHER);

    private final String field;
    private final String unit;
    private final Better better;

    FigureField(String field, String unit, Better better) {
        this.field = field;
        this.unit = unit;
        this.better = better;
    }

    /** Returns its name in the file. */
    @JsonProperty("name")
    public String field() {
        return field;
    }

    /** Returns what it is counted in. */
    @JsonProperty
    public String unit() {
        return unit;
    }

    /** Returns which of two is the better one. */
    @JsonProperty
    public Better better() {
        return better;
    }
}
