package org.ipckit.demos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each mistake shows itself, and what helps helps. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MistakesTest {

    @TempDir
    private Path parent;

    @ParameterizedTest
    @EnumSource
    void theMistakeIsSeenAndTheRemedyHelps(Mistake mistake) throws Exception {
        Path folder = Files.createDirectory(parent.resolve("run"));
        try (Program program = Program.start(folder, Launcher.java(mistake.program()))) {
            assertEquals(0, program.awaitEnd(), program.err());
            List<String> lines = program.out().lines().toList();

            switch (mistake) {
                case LOST_UPDATE -> {
                    assertTrue(number(lines.get(0), "lock: +(\\d+)") < 1000, lines.get(0));
                    assertEquals(1000, number(lines.get(1), "lock: +(\\d+)"));
                }
                case TORN_READ -> {
                    assertTrue(lines.get(0).matches("without the lock: (a+b[ab]*|b+a[ab]*)"), lines.get(0));
                    assertEquals("with the lock:    0 torn of 20000 reads", lines.get(1));
                }
                case MERGED_SIGNALS -> assertEquals(List.of("SIGUSR1 sent: 5, taken: 1"), lines);
                case BIT_BY_BIT -> {
                    assertTrue(!lines.get(1).endsWith(" Hi there"), lines.get(1));
                    assertTrue(lines.get(2).startsWith("one after another: Hi there, 64 signals, "), lines.get(2));
                    assertTrue(lines.get(3).startsWith("queued values:     Hi there, 2 signals, "), lines.get(3));
                }
                case MIXED_MESSAGES -> {
                    assertTrue(number(lines.get(0), "bytes: (\\d+) ") > 0, lines.get(0));
                    assertEquals(0, number(lines.get(1), "bytes: (\\d+) "));
                }
                case LATE_SUBSCRIBER ->
                    assertEquals(
                            List.of(
                                    "redis: 'early' was handed to 0 subscribers; came: 'late'",
                                    "redis-stream: 'early' was handed to the server; came: 'early' 'late'"),
                            lines);
            }
        }
    }

    private static int number(String line, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(line);
        assertTrue(matcher.find(), line);
        return Integer.parseInt(matcher.group(1));
    }
}
