package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.OptionalLong;

/** Finds the number of a user whom the JDK reports by name only. */
public final class UserNumbers {

    private static final Path USERS = Path.of("/etc/passwd");
    private static final int NAME = 0;
    private static final int NUMBER = 2;

    private UserNumbers() {}

    /** Returns the number: mostly our own, else what the system's list of users says; empty if it is not there. */
    public static OptionalLong of(UserPrincipal user) throws IOException {
        if (user.equals(PrivateFiles.user())) {
            return OptionalLong.of(PrivateFiles.uid());
        }
        // A user without a name is reported by its number.
        if (user.getName().matches("\\d{1,10}")) {
            return OptionalLong.of(Long.parseLong(user.getName()));
        }
        if (!Files.isReadable(USERS)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(USERS)) {
            return lines.map(line -> line.split(":"))
                    .filter(fields -> fields.length > NUMBER && fields[NAME].equals(user.getName()))
                    .mapToLong(fields -> Long.parseLong(fields[NUMBER]))
                    .findFirst();
        }
    }
}
