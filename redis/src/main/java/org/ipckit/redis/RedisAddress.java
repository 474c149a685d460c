package org.ipckit.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.PrivateFiles;
import org.ipckit.transport.spi.RunDirectory;

/**
 * An address of one of the Redis schemes, taken apart: where the server is, who we are to it, and which channel. The
 * schemes differ in where the server is and in the options of their own.
 */
final class RedisAddress {

    static final int DEFAULT_PORT = 6379;
    static final int SENTINEL_PORT = 26379;

    private static final String EMBEDDED = "embedded";
    private static final String DEFAULT_CHANNEL = "ipckit";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final int LARGEST_MESSAGE = 256 << 20;

    /** user:password@hosts/channel; neither the user nor the password may have an unescaped / or @. */
    private static final Pattern TARGET = Pattern.compile("(?:([^:@/]*):([^@/]*)@)?([^@/]*)(?:/(.*))?", Pattern.DOTALL);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s)");
    private static final Set<String> COMMON =
            Set.of("wait", "max-message", "db", "timeout", "folder", "channel", "password-file", "sentinel", "cluster");
    private static final Set<String> TLS = Set.of(
            "trust-store",
            "trust-store-password",
            "trust-store-password-file",
            "key-store",
            "key-store-password",
            "key-store-password-file");

    private final Address address;
    private final Options options;
    private final RedisPlace place;
    private final String user;
    private final String password;
    private final String channel;
    private final boolean tls;

    private RedisAddress(Address address, Options options, boolean tls) {
        this.address = address;
        this.options = options;
        this.tls = tls;
        if (isPath(address)) {
            this.place = new RedisPlace.UnixSocket(RunDirectory.file(address));
            this.user = "default";
            this.password = passwordFile();
            this.channel = options.text("channel", DEFAULT_CHANNEL);
        } else {
            Matcher target = TARGET.matcher(address.rawTarget());
            if (!target.matches()) {
                throw new InvalidAddressException(
                        address + ": expected " + address.scheme() + "://user:password@host:port/CHANNEL");
            }
            this.place = place(target.group(3));
            this.user = target.group(1) == null || target.group(1).isEmpty() ? "default" : decoded(target.group(1));
            this.password = target.group(2) == null ? passwordFile() : decoded(target.group(2));
            String path = target.group(4) == null ? "" : decoded(target.group(4));
            this.channel = path.isEmpty() ? options.text("channel", DEFAULT_CHANNEL) : path;
        }
        if (!(place instanceof RedisPlace.Embedded) && options.has("folder")) {
            throw new InvalidAddressException(
                    address + ": folder= is for the embedded server, redis://embedded/CHANNEL");
        }
        if (options.has("sentinel") && options.flag("cluster", false)) {
            throw new InvalidAddressException(address + ": sentinel= and cluster= exclude each other");
        }
        database();
        timeout();
    }

    /** Reads an address of a scheme that goes to a server directly, or over TLS. */
    static RedisAddress of(Address address, boolean tls, String... own) {
        Set<String> names = new HashSet<>(COMMON);
        if (tls) {
            names.addAll(TLS);
        }
        names.addAll(List.of(own));
        return new RedisAddress(address, Options.of(address, names), tls);
    }

    /** As {@link #of}, where the option tls= says whether it goes over TLS. */
    static RedisAddress ofEither(Address address, String... own) {
        Set<String> names = new HashSet<>(COMMON);
        names.addAll(TLS);
        names.add("tls");
        names.addAll(List.of(own));
        Options options = Options.of(address, names);
        return new RedisAddress(address, options, options.flag("tls", false));
    }

    private static boolean isPath(Address address) {
        String target = address.target();
        boolean isPath = target.startsWith("/") || target.startsWith("./") || target.startsWith("../");
        return address.scheme().equals("redis-unix") || (address.scheme().equals("redis-stream") && isPath);
    }

    private RedisPlace place(String hosts) {
        if (hosts.isEmpty() || hosts.equals(EMBEDDED)) {
            if (tls) {
                throw new InvalidAddressException(address
                        + ": a host is missing; the embedded server speaks no TLS, nobody else can listen to it");
            }
            return new RedisPlace.Embedded(folder());
        }
        int port = options.has("sentinel") ? SENTINEL_PORT : DEFAULT_PORT;
        List<HostPort> all = new ArrayList<>();
        for (String each : hosts.split(",", -1)) {
            all.add(HostPort.of(address, each, port));
        }
        if (all.size() > 1 && !options.has("sentinel") && !options.flag("cluster", false)) {
            throw new InvalidAddressException(
                    address + ": several hosts need sentinel=NAME or cluster=true to say what they are");
        }
        return new RedisPlace.Network(all);
    }

    /** Asked for only where it is used: the run directory is made by that. */
    private Path folder() {
        return options.has("folder") ? Path.of(options.text("folder", "")).toAbsolutePath() : null;
    }

    private String decoded(String raw) {
        // The rest of the address has decoded without an error, so this does.
        return Address.parse("x://" + raw).target();
    }

    private String passwordFile() {
        return secret("password-file");
    }

    private String secret(String option) {
        if (!options.has(option)) {
            return null;
        }
        Path file = Path.of(options.text(option, ""));
        try {
            PrivateFiles.requirePrivate(address, file);
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException refused) {
            throw new InvalidAddressException(
                    address + ": " + option + "=" + file + " cannot be read: " + refused, refused);
        }
    }

    /** Returns a file of keys or certificates and its password, if it is named. */
    Optional<Store> store(String option) {
        if (!options.has(option)) {
            return Optional.empty();
        }
        String secret = options.has(option + "-password")
                ? options.text(option + "-password", "")
                : secret(option + "-password-file");
        return Optional.of(new Store(Path.of(options.text(option, "")), secret == null ? "" : secret));
    }

    /** A file of keys or certificates. */
    record Store(Path file, String password) {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    Address address() {
        return address;
    }

    Options options() {
        return options;
    }

    /** Returns where the server is; the run directory is made if it is the embedded one's and was not there. */
    RedisPlace place() {
        return place instanceof RedisPlace.Embedded embedded && embedded.folder() == null
                ? new RedisPlace.Embedded(RunDirectory.folder())
                : place;
    }

    boolean isEmbedded() {
        return place instanceof RedisPlace.Embedded;
    }

    boolean tls() {
        return tls;
    }

    String user() {
        return user;
    }

    /** Returns the password, null if there is none. */
    String password() {
        return password;
    }

    String channel() {
        return channel;
    }

    int database() {
        String text = options.text("db", "0");
        if (!text.matches("\\d{1,5}")) {
            throw new InvalidAddressException(address + ": option 'db' is '" + text + "', expected a number from 0");
        }
        return Integer.parseInt(text);
    }

    /** Returns how long the server may take to answer. */
    Duration timeout() {
        return duration("timeout", DEFAULT_TIMEOUT);
    }

    Duration duration(String option, Duration otherwise) {
        if (!options.has(option)) {
            return otherwise;
        }
        Matcher text = DURATION.matcher(options.text(option, ""));
        if (!text.matches() || text.group(1).matches("0+")) {
            throw new InvalidAddressException(address + ": option '" + option + "' is '" + options.text(option, "")
                    + "', expected a time such as 500ms or 5s");
        }
        long count = Long.parseLong(text.group(1));
        return text.group(2).equals("s") ? Duration.ofSeconds(count) : Duration.ofMillis(count);
    }

    WaitStrategy waitStrategy() {
        return options.choice("wait", WaitStrategy.BLOCK);
    }

    int maxMessageBytes() {
        return options.bytes("max-message", Capabilities.DEFAULT_MAX_MESSAGE, 1, LARGEST_MESSAGE);
    }

    Optional<String> sentinel() {
        return options.has("sentinel") ? Optional.of(options.text("sentinel", "")) : Optional.empty();
    }

    boolean cluster() {
        return options.flag("cluster", false);
    }

    /** Returns how far the server is, and with it the peers. */
    Capabilities.Reach reach() {
        return place instanceof RedisPlace.Network ? Capabilities.Reach.NETWORK : Capabilities.Reach.MACHINE;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
