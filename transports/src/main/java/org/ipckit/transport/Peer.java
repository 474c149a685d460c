package org.ipckit.transport;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who is at the other end, as far as the kernel says.
 *
 * @param pid the process that connected or listens, in this process's pid namespace
 * @param uid the number of the user it runs as
 * @param user the name of that user
 */
public record Peer(OptionalLong pid, OptionalLong uid, Optional<String> user) {

    /** Returns what is known as words, such as {@code pid 4711, user alice (uid 1000)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        pid.ifPresent(number -> text.append("pid ").append(number));
        user.ifPresent(
                name -> text.append(text.isEmpty() ? "" : ", ").append("user ").append(name));
        uid.ifPresent(number -> text.append(text.isEmpty() ? "" : " ")
                .append("(uid ")
                .append(number)
                .append(')'));
        return text.isEmpty() ? "unknown" : text.toString();
    }
}
