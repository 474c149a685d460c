package org.ipckit.benchmarks;

/** Another library, in a module of its own; what {@code bench --peers} adds. */
public interface PeerContender extends Contender {

    @Override
    default Group group() {
        return Group.PEER;
    }
}
