package org.ipckit.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.ipckit.transport.TransportRegistry;

/** The report as one page: it needs no other file, no network and no script. */
public final class HtmlReport {

    private final Results results;
    private final TransportRegistry registry;

    private HtmlReport(Results results, TransportRegistry registry) {
        this.results = results;
        this.registry = registry;
    }

    /**
     * Returns the page.
     *
     * @param registry what the table of traits is made of
     */
    public static String page(Results results, TransportRegistry registry) {
        return new HtmlReport(results, registry).page();
    }

    private String page() {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // Says to the browser what is true anyway: nothing is fetched and nothing is run.
        html.append("<meta http-equiv=\"Content-Security-Policy\""
                + " content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
        html.append("<link rel=\"icon\" href=\"data:,\">\n");
        html.append("<title>ipckit bench</title>\n<style>\n").append(style()).append("</style>\n</head>\n<body>\n");
        html.append("<h1>How fast can two processes talk on this machine?</h1>\n");
        Remarks.origin(results).forEach(line -> html.append("<p class=\"note\">")
                .append(Html.escape(line))
                .append("</p>\n"));
        for (String remark : Remarks.ofRuns(results)) {
            html.append("<p class=\"warning\">").append(Html.escape(remark)).append("</p>\n");
        }
        OptionalInt main = results.mainSize();
        for (int size : results.sizes()) {
            html.append(
                    size == main.getAsInt()
                            ? section(size)
                            : Html.folded("Messages of " + Unit.size(size), section(size)));
        }
        html.append(charts("By size of messages", Charts.overSizes(results)));
        FurtherTables.of(results).forEach(table -> html.append(Html.table(table)));
        html.append("<h1>What others say</h1>\n");
        SourceTables.of(results, registry).forEach(table -> html.append(Html.table(table)));
        html.append("<h2>How we measure</h2>\n").append(Html.list(Method.SUMMARY));
        List<String> remarks = Remarks.ofRows(results);
        if (!remarks.isEmpty()) {
            html.append(Html.folded(Remarks.OF_ROWS, Html.list(remarks)));
        }
        return html.append("</body>\n</html>\n").toString();
    }

    private String section(int size) {
        return Html.table(ComparisonTable.of(results, size)) + charts("", Charts.of(results, size));
    }

    private static String charts(String title, List<Chart> charts) {
        if (charts.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder();
        if (!title.isEmpty()) {
            html.append("<h2>").append(Html.escape(title)).append("</h2>\n");
        }
        html.append("<div class=\"charts\">\n");
        for (Chart chart : charts) {
            html.append("<figure>\n<h3>").append(Html.escape(chart.title())).append("</h3>\n");
            html.append(SvgCanvas.draw(chart)).append("</figure>\n");
        }
        return html.append("</div>\n").toString();
    }

    private static String style() {
        StringBuilder style = new StringBuilder();
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            style.append(new String(css.readAllBytes(), UTF_8));
        } catch (IOException broken) {
            throw new IllegalStateException("report.css cannot be read from this program's own files", broken);
        }
        for (Stroke.Pattern pattern : Stroke.Pattern.values()) {
            style.append(dashes(pattern));
        }
        series(style, Palette.ON_WHITE);
        style.append("@media (prefers-color-scheme: dark) {\n");
        series(style, Palette.ON_BLACK);
        return style.append("}\n").toString();
    }

    private static String dashes(Stroke.Pattern pattern) {
        float[] dashes = pattern.dashes();
        return dashes == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "svg .%s { stroke-dasharray: %.1f %.1f; }%n",
                        pattern.name().toLowerCase(Locale.ROOT),
                        dashes[0],
                        dashes[1]);
    }

    private static void series(StringBuilder style, List<String> colours) {
        for (int series = 0; series < colours.size(); series++) {
            style.append(".s")
                    .append(series)
                    .append(" { --c: ")
                    .append(colours.get(series))
                    .append("; }\n");
        }
    }
}
