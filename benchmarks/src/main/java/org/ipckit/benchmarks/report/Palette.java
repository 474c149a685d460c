package org.ipckit.benchmarks.report;

import java.util.List;

/** The colours of series: far apart also for who does not see all of them, on white and on black. */
final class Palette {

    static final List<String> ON_WHITE = List.of(
            "#0b6fb8", "#d9480f", "#2b8a3e", "#9c36b5", "#b08900", "#0c8599", "#c2255c", "#5f3dc4", "#66800b",
            "#495057");

    static final List<String> ON_BLACK = List.of(
            "#6cb8f5", "#ff8a5c", "#69db7c", "#da8cf0", "#ffd24a", "#4fd1e0", "#ff85ab", "#b197fc", "#c3dd5a",
            "#ced4da");

    private Palette() {}
}
