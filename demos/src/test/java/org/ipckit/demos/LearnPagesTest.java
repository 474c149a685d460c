package org.ipckit.demos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Traits;
import org.ipckit.transport.TransportRegistry;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stands in the pages between two markers is cut from programs that are compiled, from what they are known to say, and
 * from what the transports say of themselves. {@code -Ddocs.update=true} puts it there.
 */
@Execution(ExecutionMode.SAME_THREAD)
class LearnPagesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK =
            Pattern.compile("<!-- (program|output|traits|frame) ?([^ ]*) -->\n(.*?)<!-- /\\1 -->", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private final TransportRegistry registry = Transports.registry();

    static List<Path> pages() throws IOException {
        try (Stream<Path> learn = Files.list(ROOT.resolve("docs/learn"))) {
            List<Path> pages =
                    new ArrayList<>(learn.filter(page -> page.toString().endsWith(".md"))
                            .sorted()
                            .toList());
            pages.add(ROOT.resolve("demos/README.md"));
            return pages;
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsCutFromElsewhereIsTheSameThere(Path page) throws IOException {
        String text = Files.readString(page);
        StringBuilder renewed = new StringBuilder();
        int end = 0;
        for (Matcher block = BLOCK.matcher(text); block.find(); end = block.end()) {
            renewed.append(text, end, block.start())
                    .append(text, block.start(), block.start(3))
                    .append(content(block.group(1), block.group(2)))
                    .append("<!-- /" + block.group(1) + " -->");
        }
        renewed.append(text, end, text.length());
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(page, renewed);
        } else {
            assertEquals(renewed.toString(), text, page + ": run this test with -Ddocs.update=true");
        }
    }

    private String content(String kind, String name) throws IOException {
        return switch (kind) {
            case "program" ->
                fenced(name.endsWith("java") ? "java" : name.endsWith("py") ? "python" : "c", program(name));
            case "output" -> fenced("", Files.readString(Path.of("src", "test", "resources", "golden", name + ".txt")));
            case "traits" -> proAndContra(Pair.named(name).orElseThrow());
            default -> frame();
        };
    }

    private static String fenced(String language, String text) {
        return "```" + language + "\n" + text + "```\n";
    }

    /** A program from its first comment on: its package and imports are of no interest in a page. */
    private static String program(String name) throws IOException {
        String text = Files.readString(ROOT.resolve(name));
        return name.endsWith(".java") ? text.substring(text.indexOf("/**")) : text;
    }

    private String proAndContra(Pair pair) {
        Traits traits = registry.find(pair.scheme()).orElseThrow().traits();
        StringBuilder lines = new StringBuilder(
                """
                | for it | against it |
                | --- | --- |
                """);
        lines.append("| " + String.join("<br>", pair.pros()) + " | " + String.join("<br>", pair.cons()) + " |\n");
        lines.append("\nThe transport `" + pair.scheme() + "://` besides: " + String.join(", ", traits.pros())
                + "; but: " + String.join(", ", traits.cons()) + ".\n");
        return lines.toString();
    }

    /** The lecture's three questions, answered by the transports themselves. */
    private String frame() {
        StringBuilder lines = new StringBuilder(
                """
                | | shared token | what travels | who is kept out, and how |
                | --- | --- | --- | --- |
                """);
        for (Mechanism mechanism : registry.mechanisms()) {
            Traits traits = mechanism.traits();
            lines.append("| `" + mechanism.scheme() + "` | " + traits.sharedToken() + " | " + traits.dataFormat()
                    + " | " + traits.accessControl() + " |\n");
        }
        return lines.toString();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); ) {
            Path target = page.resolveSibling(link.group(1));
            assertTrue(Files.exists(target), page + " links to " + link.group(1));
        }
    }

    @Test
    void everyPairHasAPage() throws IOException {
        List<String> names =
                pages().stream().map(page -> page.getFileName().toString()).toList();
        for (Pair pair : Pair.values()) {
            assertTrue(names.contains(pair.folder() + ".md"), pair.folder());
        }
    }
}
