package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;

/** A line between the near and the far end: words with spaces between them, each encoded as in a URL. */
final class Line {

    static final String PROGRESS = "progress";
    static final String DONE = "done";
    static final String FAILED = "failed";

    private Line() {}

    static String of(int number, Object verb, Object... words) {
        StringBuilder line = new StringBuilder().append(number).append(' ').append(verb);
        for (Object word : words) {
            line.append(' ').append(URLEncoder.encode(String.valueOf(word), UTF_8));
        }
        return line.toString();
    }

    static String[] words(String line) {
        String[] words = line.split(" ", -1);
        for (int at = 0; at < words.length; at++) {
            words[at] = URLDecoder.decode(words[at], UTF_8);
        }
        return words;
    }
}
