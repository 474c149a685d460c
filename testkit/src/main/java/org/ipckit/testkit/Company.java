package org.ipckit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Transport;

/** What the tests of one contract share: the transport and the far ends, each of which is started once. */
final class Company implements AutoCloseable {

    private final TransportContract contract;
    private final Transport transport;
    private final Map<Placement, FarEnd> farEnds = new EnumMap<>(Placement.class);
    private Path folder;
    private int folders;

    Company(TransportContract contract) {
        this.contract = contract;
        this.transport = contract.transport();
    }

    Transport transport() {
        return transport;
    }

    /** Returns what an address without options promises. */
    Capabilities capabilities() {
        Path unused = folder();
        try {
            return transport.capabilities(contract.freshAddress(unused));
        } finally {
            Stage.delete(unused);
        }
    }

    /** Returns the far end there; one that was lost in a test before is started again. */
    synchronized FarEnd far(Placement placement) {
        FarEnd far = farEnds.get(placement);
        if (far == null || !far.isAlive()) {
            far = placement == Placement.THIS_JVM
                    ? new FarEndInThisJvm(transport)
                    : new ForkedFarEnd(placement.java(), contract.getClass());
            farEnds.put(placement, far);
        }
        return far;
    }

    /** Returns a new folder, with a short name: the path of a Unix socket may have 106 bytes. */
    synchronized Path folder() {
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("ipckit");
            }
            return Files.createDirectory(folder.resolve(String.valueOf(folders++)));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public synchronized void close() {
        farEnds.values().forEach(FarEnd::close);
        if (folder != null) {
            Stage.delete(folder);
        }
    }
}
