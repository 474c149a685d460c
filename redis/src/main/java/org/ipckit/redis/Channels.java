package org.ipckit.redis;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of channels. Those of a pair have a token in them that nobody can guess, and the braces that keep them on the
 * server of a cluster that the rendezvous is on.
 */
final class Channels {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 16;
    private static final Pattern HELLO = Pattern.compile("ipckit-redis/1 ([0-9a-f]{32})");

    private final String channel;

    Channels(String channel) {
        this.channel = channel;
    }

    /** Returns what chooses the server of a cluster. */
    String key() {
        return channel;
    }

    /** Returns where the listener hears of newcomers. */
    byte[] rendezvous() {
        return bytes("ipckit:{" + channel + "}:listen");
    }

    byte[] ofClient(String token) {
        return bytes("ipckit:{" + channel + "}:" + token + ":client");
    }

    byte[] ofListener(String token) {
        return bytes("ipckit:{" + channel + "}:" + token + ":listener");
    }

    /** The field of a counter that says which one it is: one that was lost with its server begins again as another. */
    static final String EPOCH = "epoch";

    /** The field of a counter that says how many messages were published. */
    static final String COUNT = "count";

    /** So long after the last message nobody misses it. */
    static final long COUNTER_KEPT_MILLIS = Duration.ofDays(1).toMillis();

    /** Returns the key of the hash that counts the messages published to a topic. */
    static String counter(String channel) {
        return "ipckit:{" + channel + "}:published";
    }

    static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    static byte[] hello(String token) {
        return bytes("ipckit-redis/1 " + token);
    }

    /** Returns the token of a newcomer, empty for what anybody else has published. */
    static Optional<String> tokenOf(String hello) {
        Matcher words = HELLO.matcher(hello);
        return words.matches() ? Optional.of(words.group(1)) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
