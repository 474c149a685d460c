package org.ipckit.benchmarks;

/** Another library, in a module of its own; what {@code bench --peers} adds. */
public interface PeerContender extends Contender {

    /** The capacity of a ring that is held against ours, which has as much. */
    int RING_BYTES = 1 << 20;

    @Override
    default Group group() {
        return Group.PEER;
    }
}
