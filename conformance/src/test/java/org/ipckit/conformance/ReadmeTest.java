package org.ipckit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.testkit.Rule;
import org.junit.jupiter.api.Test;

/** The README of the kit, whose examples are compiled here and in the module of codecs. */
class ReadmeTest {

    private static final Pattern SNIPPET =
            Pattern.compile("<!-- (\\S+\\.java) -->\n```java\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("^\\| ([a-z ]+) \\| (.+) \\|$", Pattern.MULTILINE);

    private static final Path TESTKIT = Path.of("..", "testkit");

    private final String readme;

    ReadmeTest() throws IOException {
        readme = Files.readString(TESTKIT.resolve("README.md"));
    }

    @Test
    void theExamplesAreTheFilesThatAreCompiled() throws IOException {
        List<String> files = new ArrayList<>();
        Matcher snippet = SNIPPET.matcher(readme);
        while (snippet.find()) {
            files.add(snippet.group(1));
            assertEquals(withoutImports(Files.readString(TESTKIT.resolve(snippet.group(1)))), snippet.group(2));
        }
        assertEquals(3, files.size(), files.toString());
    }

    @Test
    void theRulesAreThoseOfTheKit() {
        String table = readme.substring(readme.indexOf("| rule | text |"), readme.indexOf("A capability never skips"));
        List<String> told = new ArrayList<>();
        Matcher rule = RULE.matcher(table);
        while (rule.find()) {
            told.add(rule.group(1) + ": " + rule.group(2));
        }
        List<String> kept = new ArrayList<>(List.of("rule: text"));
        for (Rule each : Rule.values()) {
            kept.add(each + ": " + each.text());
        }
        assertEquals(kept, told);
        assertTrue(told.size() > 20);
    }

    private static String withoutImports(String file) {
        int lastImport = file.lastIndexOf("\nimport ");
        return file.substring(file.indexOf('\n', lastImport + 1)).strip();
    }
}
