package org.ipckit.chronicle;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/**
 * Which of the files of a topic that are rolled are kept.
 *
 * @param unread only those that a consumer with a name has yet to read
 * @param atMost only those with something as young as that; empty if that does not matter
 */
record Keep(boolean unread, Optional<Duration> atMost) {

    private static final Pattern PERIOD = Pattern.compile("(\\d{1,6})([smhd])");

    static final Keep ALL = new Keep(false, Optional.empty());

    /** Reads {@code all}, {@code unread} or a period such as {@code 7d}. */
    static Keep of(Address address, String text) {
        Matcher period = PERIOD.matcher(text);
        if (period.matches()) {
            return new Keep(
                    false,
                    Optional.of(duration(
                            Long.parseLong(period.group(1)), period.group(2).charAt(0))));
        }
        return switch (text) {
            case "all" -> ALL;
            case "unread" -> new Keep(true, Optional.empty());
            default ->
                throw new InvalidAddressException(address + ": option 'keep' is '" + text
                        + "', expected all, unread or a period such as 90s, 30m, 12h or 7d");
        };
    }

    private static Duration duration(long count, char unit) {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
