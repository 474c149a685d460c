package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.WhenFull;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Transport;

/** What one test plays on: a transport, fresh addresses, a far end; all that was opened is closed when it is left. */
final class Stage implements AutoCloseable {

    /** What the near side, which is tested, does. */
    enum Side {
        CONNECTS,
        ACCEPTS
    }

    private final TransportContract contract;
    private final Placement placement;
    private final Side side;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private FarEnd far;
    private Path folder;
    private int addresses;
    private int names;

    Stage(TransportContract contract, Placement placement, Side side) {
        this.contract = contract;
        this.placement = placement;
        this.side = side;
    }

    Transport transport() {
        return contract.company().transport();
    }

    TransportContract contract() {
        return contract;
    }

    Placement placement() {
        return placement;
    }

    // ---------------------------------------------------------------- addresses

    /** Returns the folder of this test's files. */
    Path folder() {
        if (folder == null) {
            folder = contract.company().folder();
        }
        return folder;
    }

    /** Returns an address that was not used before. */
    Address address() {
        try {
            return contract.freshAddress(Files.createDirectory(folder().resolve(String.valueOf(addresses++))));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Returns whether the transport has the option with such a value. */
    boolean has(Address address, String option, String value) {
        try {
            transport().capabilities(address.withOption(option, value));
            return true;
        } catch (InvalidAddressException unknown) {
            return false;
        }
    }

    /** Returns an address with the option set, or without it if the transport does not have it. */
    Address addressWith(String option, String value) {
        Address address = address();
        return has(address, option, value) ? address.withOption(option, value) : address;
    }

    Capabilities capabilities() {
        return contract.company().capabilities();
    }

    /** Returns the size, or what is just below the maximum: the maximum itself is for the rule about sizes. */
    int atMost(int sizeBytes) {
        return Math.min(sizeBytes, capabilities().maxMessageSize() - 1);
    }

    /** Returns many messages, of different sizes; fewer where the mechanism is slow. */
    Payload many(long seed, int count, int leastBytes, int mostBytes) {
        return new Payload(seed, Math.max(1, count / contract.slowness()), leastBytes, atMost(mostBytes));
    }

    /** Returns true if what takes many messages has to do with fewer. */
    boolean isSlow() {
        return contract.slowness() > 1;
    }

    /** Returns more than any mechanism that waits has room for: 256 MiB. */
    Payload filler() {
        int size = atMost(32 << 10);
        return Payload.of(7, (256 << 20) / size, size);
    }

    boolean waitsWhenFull() {
        return capabilities().whenFull() == WhenFull.WAITS;
    }

    // ---------------------------------------------------------------- the two ends

    FarEnd far() {
        if (far == null) {
            far = contract.company().far(placement);
        }
        return far;
    }

    /** Starts a far end of this test's own, to be killed or paused. */
    ForkedFarEnd ownFarEnd() {
        return keep(new ForkedFarEnd(placement.java(), contract.getClass()));
    }

    /** Returns a connection with the shared far end. */
    Pair pair() {
        return pair(address());
    }

    Pair pair(Address address) {
        return pair(address, far());
    }

    Pair pair(Address address, FarEnd end) {
        return side == Side.CONNECTS ? connectTo(end, address) : acceptFrom(end, address);
    }

    private Pair connectTo(FarEnd end, Address address) {
        String listener = "listener" + names++;
        return connectTo(end, listener, end.listen(listener, address));
    }

    /** Returns a connection from here to a listener that the far end has. */
    Pair connectTo(FarEnd end, String listener, Address address) {
        String name = "connection" + names++;
        FarTask accepted = end.start(Verb.ACCEPT, listener, name);
        Connection near = connect(address);
        accepted.await();
        return new Pair(near, new FarConnection(end, name));
    }

    private Pair acceptFrom(FarEnd end, Address address) {
        return acceptFrom(end, listen(address));
    }

    /** Returns a connection from the far end to a listener here. */
    Pair acceptFrom(FarEnd end, Listener listener) {
        return acceptFrom(end, listener, listener.address());
    }

    /** Returns a connection from the far end, which uses this address, to a listener here. */
    Pair acceptFrom(FarEnd end, Listener listener, Address farAddress) {
        String name = "connection" + names++;
        FarTask connected =
                end.start(Verb.CONNECT, name, farAddress.toUri(), patience().toMillis());
        Connection near = accept(listener);
        connected.await();
        return new Pair(near, new FarConnection(end, name));
    }

    /** Listens here. */
    Listener listen(Address address) {
        return keep(transport().listen(address));
    }

    /** Accepts here. */
    Connection accept(Listener listener) {
        return keep(listener.accept(patience()).orElseThrow(() -> new AssertionError("nobody has connected")));
    }

    /** Connects from here. */
    Connection connect(Address address) {
        return keep(transport().connect(address, patience()));
    }

    /** Closes it when the stage is left. */
    synchronized <T extends AutoCloseable> T keep(T open) {
        opened.push(open);
        return open;
    }

    /** Closes everything that was opened, here and at the far end. */
    synchronized void closeAll() {
        AssertionError failure = null;
        // The far end first: a close here would wait a second for a peer to take what it has not taken.
        if (far != null && far.isAlive()) {
            far.reset();
        }
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception refused) {
                failure = new AssertionError("what the test opened cannot be closed: " + refused, refused);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        try {
            closeAll();
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public String toString() {
        return "far end " + placement + ", this side " + (side == Side.CONNECTS ? "connects" : "accepts");
    }
}
