package org.ipckit.demos.scenario;

import java.util.Objects;

/** What a page wants to know: about the last so many measurements of a sensor. */
record Question(String sensor, int last) {

    Question {
        Objects.requireNonNull(sensor, "sensor");
    }
}
