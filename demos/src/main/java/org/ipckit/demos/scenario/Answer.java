package org.ipckit.demos.scenario;

import java.util.List;

/** What a page shows. */
record Answer(
        List<String> sensors,
        String sensor,
        String unit,
        List<Double> values,
        double least,
        double mean,
        double greatest,
        double slope) {

    static Answer of(List<String> sensors, List<Measurement> last, Statistics statistics) {
        return new Answer(
                sensors,
                last.get(0).sensor(),
                last.get(0).unit(),
                last.stream().map(Measurement::value).toList(),
                statistics.least(),
                statistics.mean(),
                statistics.greatest(),
                statistics.slope());
    }
}
