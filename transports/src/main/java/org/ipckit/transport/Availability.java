package org.ipckit.transport;

import java.util.Objects;

/**
 * Whether a mechanism works on this machine and JVM.
 *
 * @param available true if it can be used
 * @param reason why it cannot, or what is worse than it could be; empty when all is well
 * @param degraded true if it works, but worse than it could, for the reason given
 */
public record Availability(boolean available, String reason, boolean degraded) {

    public Availability {
        Objects.requireNonNull(reason, "reason");
        if (reason.isBlank() != (available && !degraded)) {
            throw new IllegalArgumentException("a reason is given exactly when something is amiss: '" + reason + "'");
        }
    }

    /** All is well. */
    public static Availability yes() {
        return new Availability(true, "", false);
    }

    /** It works, but worse than it could. */
    public static Availability degraded(String reason) {
        return new Availability(true, reason, true);
    }

    /** It does not work here. */
    public static Availability no(String reason) {
        return new Availability(false, reason, false);
    }
}
