package org.ipckit.transport;

import java.util.List;
import java.util.Objects;

/**
 * What a person chooses a mechanism by. Printed tables are generated from these.
 *
 * @param mechanism the system facility underneath, in a few words
 * @param crossPlatform whether it works on every common system
 * @param needsFile whether it needs a file or file descriptor
 * @param needsService whether another program has to run
 * @param easy whether the code is easy to write and read with the system's own means
 * @param sharedToken what both sides must agree on to meet
 * @param dataFormat what travels
 * @param accessControl who is kept out, and how
 * @param pros what speaks for it
 * @param cons what speaks against it
 */
public record Traits(
        String mechanism,
        Trait crossPlatform,
        Trait needsFile,
        Trait needsService,
        Trait easy,
        String sharedToken,
        String dataFormat,
        String accessControl,
        List<String> pros,
        List<String> cons) {

    public Traits {
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(crossPlatform, "crossPlatform");
        Objects.requireNonNull(needsFile, "needsFile");
        Objects.requireNonNull(needsService, "needsService");
        Objects.requireNonNull(easy, "easy");
        Objects.requireNonNull(sharedToken, "sharedToken");
        Objects.requireNonNull(dataFormat, "dataFormat");
        Objects.requireNonNull(accessControl, "accessControl");
        pros = List.copyOf(pros);
        cons = List.copyOf(cons);
    }
}
