package org.ipckit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a peer is found and how: {@code scheme://target?option=value&option=value}. An immutable value.
 *
 * <p>The target is a name ({@code uds://orders}, letters, digits and {@code ._-}) in the user's private run directory,
 * an absolute path ({@code uds:///srv/orders.sock}), a path relative to the working directory
 * ({@code uds:./orders.sock}) or what the mechanism understands ({@code tcp://127.0.0.1:7000}). Target and options are
 * percent-decoded. {@code +} before the scheme is reserved for decorators ({@code tap+shm://orders}).
 */
public final class Address {

    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9-]*(?:\\+[a-z][a-z0-9-]*)*):(?://([^?#]*)|(\\.\\.?/[^?#]*))(?:\\?([^#]*))?");
    private static final Pattern OPTION_NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern SECRET_OPTION = Pattern.compile("(.*-)?(password|secret|token)");

    /** Up to the last @, for whoever did not encode the one in a password would otherwise show its end. */
    private static final Pattern PASSWORD = Pattern.compile("^([^:@/]*):.*@", Pattern.DOTALL);

    private static final String HIDDEN = "****";

    private final String scheme;
    private final String rawTarget;
    private final Map<String, String> options;

    private Address(String scheme, String rawTarget, Map<String, String> options) {
        this.scheme = scheme;
        this.rawTarget = rawTarget;
        this.options = Collections.unmodifiableMap(options);
    }

    /**
     * Reads an address.
     *
     * @throws InvalidAddressException if it does not have the form above
     */
    public static Address parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InvalidAddressException(
                    "address '" + hidden(text)
                            + "': expected scheme://name, scheme:///absolute/path or scheme:./relative/path, then ?option=value");
        }
        String target = form.group(2) != null ? form.group(2) : form.group(3);
        requireDecodable(text, target);
        return new Address(form.group(1), target, options(text, form.group(4)));
    }

    private static Map<String, String> options(String text, String query) {
        Map<String, String> options = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return options;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (equals < 0 || !OPTION_NAME.matcher(name).matches()) {
                String shown = hidden(text).contains(name) ? name : HIDDEN;
                throw new InvalidAddressException(
                        "address '" + hidden(text) + "': '" + shown + "' is not of the form option=value");
            }
            String value = pair.substring(equals + 1);
            requireDecodable(text, value);
            if (options.put(name, decoded(value)) != null) {
                throw new InvalidAddressException(
                        "address '" + hidden(text) + "': option '" + name + "' appears twice");
            }
        }
        return options;
    }

    /** Returns the scheme without decorators, such as {@code shm}. */
    public String scheme() {
        return scheme.substring(scheme.lastIndexOf('+') + 1);
    }

    /** Returns the decorators before the scheme, outermost first: {@code tap} for {@code tap+shm://x}. */
    public List<String> decorators() {
        List<String> parts = List.of(scheme.split("\\+"));
        return parts.subList(0, parts.size() - 1);
    }

    /** Returns what stands between the scheme and the options, percent-decoded. */
    public String target() {
        return decoded(rawTarget);
    }

    /** Returns what stands between the scheme and the options as it was written, for mechanisms that split it. */
    public String rawTarget() {
        return rawTarget;
    }

    /** Returns the options, percent-decoded, in the order they were written. */
    public Map<String, String> options() {
        return options;
    }

    /** Returns the value of an option. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Returns the same address with this option set to this value. */
    public Address withOption(String name, String value) {
        if (!OPTION_NAME.matcher(name).matches()) {
            throw new InvalidAddressException("'" + name + "' is not an option's name");
        }
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(name, Objects.requireNonNull(value, "value"));
        return new Address(scheme, rawTarget, more);
    }

    /** Returns the same address with another target, which is percent-encoded where it has to be. */
    public Address withTarget(String target) {
        return new Address(scheme, encoded(target, "/:@[]"), options);
    }

    /** Returns the whole address, passwords included, so that {@link #parse} gives an equal one. */
    public String toUri() {
        return text(rawTarget, false);
    }

    /** Returns the address for people: passwords are hidden. */
    @Override
    public String toString() {
        return text(PASSWORD.matcher(rawTarget).replaceFirst("$1:" + HIDDEN + "@"), true);
    }

    private String text(String target, boolean hideSecrets) {
        String slashes = target.startsWith("./") || target.startsWith("../") ? ":" : "://";
        String query = options.entrySet().stream()
                .map(option -> option.getKey() + "="
                        + (hideSecrets && SECRET_OPTION.matcher(option.getKey()).matches()
                                ? HIDDEN
                                : encoded(option.getValue(), "/:@,")))
                .collect(Collectors.joining("&"));
        return scheme + slashes + target + (query.isEmpty() ? "" : "?" + query);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that
                && scheme.equals(that.scheme)
                && rawTarget.equals(that.rawTarget)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scheme, rawTarget, options);
    }

    private static void requireDecodable(String address, String text) {
        if (decoded(text) == null) {
            throw new InvalidAddressException("address '" + hidden(address)
                    + "': % must be followed by two hexadecimal digits, and what they say must be UTF-8");
        }
    }

    /** Returns null if the text has an escape that is none, or what the escapes say is not UTF-8. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(UTF_8);
        for (int at = 0; at < raw.length; at++) {
            if (raw[at] != '%') {
                bytes.write(raw[at]);
                continue;
            }
            int high = at + 2 < raw.length ? Character.digit(raw[at + 1], 16) : -1;
            int low = at + 2 < raw.length ? Character.digit(raw[at + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.write(high << 4 | low);
            at += 2;
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static String encoded(String text, String kept) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "._-~".indexOf(c) >= 0 || kept.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }

    /** What could not be parsed may hold a password all the same. */
    private static String hidden(String text) {
        return text.replaceAll("(?s)//([^:@/]*):.*@", "//$1:" + HIDDEN + "@")
                .replaceAll("//[^/?@:]*@", "//" + HIDDEN + "@")
                .replaceAll("((?:password|secret|token)=)[^&]*", "$1" + HIDDEN);
    }
}
