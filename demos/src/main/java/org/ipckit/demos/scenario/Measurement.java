package org.ipckit.demos.scenario;

import java.util.Objects;

/** What a sensor says. */
record Measurement(String sensor, String unit, double value) {

    Measurement {
        Objects.requireNonNull(sensor, "sensor");
        Objects.requireNonNull(unit, "unit");
    }
}
