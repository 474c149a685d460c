package org.ipckit.benchmarks;

import java.util.Optional;

/** Another library that passes messages through memory, as {@code shm} does; what {@code bench --peers} adds. */
public interface PeerContender extends Contender {

    @Override
    default Group group() {
        return Group.PEER;
    }

    @Override
    default Optional<String> limit() {
        return Optional.of("record");
    }
}
