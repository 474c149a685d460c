package org.ipckit.benchmarks.report;

import static org.ipckit.benchmarks.report.Made.C;
import static org.ipckit.benchmarks.report.Made.RAW;
import static org.ipckit.benchmarks.report.Made.UDS;
import static org.ipckit.benchmarks.report.Made.ofRoundTrips;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipckit.benchmarks.Report;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader has it: in a browser, on a phone and on a screen, by day and by night. */
@Timeout(300)
class HtmlReportBrowserTest {

    /** What has to be told apart: the contrast that the guidelines for accessible pages ask of texts and of graphics. */
    private static final double TEXT_CONTRAST = 4.5;

    private static final double GRAPHICS_CONTRAST = 3;

    private static final String CONTRAST =
            """
            const light = colour => {
                const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255)
                    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
            };
            const contrast = (one, other) => {
                const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
                return (bright + 0.05) / (dark + 0.05);
            };
            const paper = getComputedStyle(document.body).backgroundColor;
            const worst = (selector, property) => Math.min(...[...document.querySelectorAll(selector)]
                .map(each => contrast(getComputedStyle(each)[property], paper)));
            """;

    @TempDir
    private Path folder;

    @Test
    void thePageIsReadableOnAPhoneAndAScreenByDayAndByNightAndNeedsNoNetwork() throws Exception {
        Required.program("chromedriver");
        Required.program("chromium");
        Path page = folder.resolve("bench.html");
        Files.writeString(page, HtmlReport.page(results(), Transports.registry()));
        try (Browser browser = new Browser(folder)) {
            browser.screen(360, 780, true);
            browser.open(page);
            assertEquals(360, number(browser, "return document.documentElement.scrollWidth"), "only tables scroll");
            assertTrue(number(browser, "return document.querySelector('.scroll').scrollWidth") > 360);
            assertTrue(
                    number(
                                    browser,
                                    "const t = document.querySelector('svg text'); return parseFloat(getComputedStyle(t)"
                                            + ".fontSize) * t.getCTM().a")
                            >= 9,
                    "letters of charts can be read");
            assertChartsAreDrawn(browser);
            picture(browser, "phone");

            browser.dark(true);
            assertTrue(number(browser, CONTRAST + "return light(paper)") < 0.05, "the paper is dark");
            assertReadable(browser);
            picture(browser, "phone-dark");

            browser.dark(false);
            browser.screen(1200, 900, false);
            assertTrue(number(browser, CONTRAST + "return light(paper)") > 0.95, "the paper is white");
            assertReadable(browser);
            assertTrue(
                    number(
                                    browser,
                                    "return new Set([...document.querySelectorAll('.charts')[0].children]"
                                            + ".map(each => each.getBoundingClientRect().left)).size")
                            > 1,
                    "charts stand side by side");
            assertChartsAreDrawn(browser);
            picture(browser, "screen");

            // The published figures: as many rows and sizes as there are, and names and numbers as long as they come.
            Files.writeString(
                    page,
                    HtmlReport.page(
                            Results.of(Report.read(Path.of("results", "latency.json"))), Transports.registry()));
            browser.open(page);
            assertNothingOverlaps(browser);
            browser.screen(390, 844, true);
            browser.open(page);
            assertNothingOverlaps(browser);
            assertEquals(390, number(browser, "return document.documentElement.scrollWidth"), "only tables scroll");
            assertTrue(
                    number(browser, "return document.querySelector('.scroll').getBoundingClientRect().top") < 844,
                    "figures begin on the first screen");
            picture(browser, "published-phone");

            assertEquals(0, number(browser, "return performance.getEntriesByType('resource').length"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private static Results results() {
        Report small = Made.report(
                64,
                List.of("WARNING: other programs kept 1.9 processors busy between the rounds"),
                ofRoundTrips(UDS, 8_000, 8_100, 8_200),
                ofRoundTrips(RAW, 7_900, 7_900, 7_900),
                ofRoundTrips(C, 7_800, 7_800, 7_800),
                ofRoundTrips(Made.transport("shm?wait=spin"), 350, 351, 352),
                ofRoundTrips(Made.transport("jsonfile"), 758_000, 780_000, 799_000),
                Made.missing(Made.transport("signal"), "<b>no</b> real-time signals: \"none\" are left"));
        Report large = Made.report(
                65536,
                List.of(),
                ofRoundTrips(UDS, 40_000, 41_000),
                ofRoundTrips(Made.transport("jsonfile"), 2_000_000));
        return Results.of(List.of(small, large));
    }

    private static void assertChartsAreDrawn(Browser browser) throws IOException, InterruptedException {
        assertEquals(10, number(browser, "return document.querySelectorAll('svg').length"));
        assertNothingOverlaps(browser);
        assertEquals(
                "- <b>no</b> real-time signals: \"none\" are left",
                browser.run("return document.querySelector('td.reason').textContent")
                        .asText());
    }

    /** Every chart has its curves or bars; its texts lie in it and not on each other. */
    private static void assertNothingOverlaps(Browser browser) throws IOException, InterruptedException {
        browser.run("document.querySelectorAll('details').forEach(each => each.open = true)");
        JsonNode faults = browser.run(
                """
                const faults = [];
                document.querySelectorAll('svg').forEach(svg => {
                    const name = svg.getAttribute('aria-label');
                    const frame = svg.getBoundingClientRect();
                    if (!svg.querySelector('.curve, .bar')) faults.push(name + ': empty');
                    const texts = [...svg.querySelectorAll('text')].map(each => [each.textContent, each.getBoundingClientRect()]);
                    texts.forEach(([text, box], at) => {
                        if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1) {
                            faults.push(name + ': ' + text + ' is cut off');
                        }
                        texts.slice(at + 1).forEach(([other, there]) => {
                            const across = Math.min(box.right, there.right) - Math.max(box.left, there.left);
                            const down = Math.min(box.bottom, there.bottom) - Math.max(box.top, there.top);
                            if (across > 1 && down > 4) faults.push(name + ': ' + text + ' lies on ' + other);
                        });
                    });
                });
                return faults.join('; ');
                """);
        assertEquals("", faults.asText());
    }

    private static void assertReadable(Browser browser) throws IOException, InterruptedException {
        assertTrue(number(browser, CONTRAST + "return worst('p, td, th, li, h1, h2, h3', 'color')") >= TEXT_CONTRAST);
        assertTrue(number(browser, CONTRAST + "return worst('svg text', 'fill')") >= TEXT_CONTRAST);
        assertTrue(number(browser, CONTRAST + "return worst('svg .curve', 'stroke')") >= GRAPHICS_CONTRAST);
        assertTrue(number(browser, CONTRAST + "return worst('svg .bar', 'fill')") >= GRAPHICS_CONTRAST);
    }

    private static void picture(Browser browser, String name) throws IOException, InterruptedException {
        browser.picture(Path.of("target", "screenshots", name + ".png"));
    }

    private static double number(Browser browser, String script) throws IOException, InterruptedException {
        return browser.run(script).asDouble();
    }
}
