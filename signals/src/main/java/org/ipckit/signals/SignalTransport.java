package org.ipckit.signals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.TransportUnavailableException;
import org.ipckit.transport.spi.LeaseListener;
import org.ipckit.transport.spi.SocketFile;

/**
 * {@code signal://}: queued real-time signals between processes of one user, each of which carries eight bytes to one
 * thread of the other process.
 *
 * <p>Options: {@code wait}; {@code max-message}, at most 64 KiB.
 */
public final class SignalTransport implements Transport {

    /** A queue shorter than this could not serve even some connections. */
    private static final int LEAST_QUEUE = 64;

    @Override
    public String scheme() {
        return "signal";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return SignalOptions.of(address).capabilities();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "queued real-time signals",
                Trait.no(),
                Trait.no("a plain signal needs none; here the sides meet at a file"),
                Trait.no(),
                Trait.yes("to raise one is; to carry data is not"),
                "a name, which leads to a pid and a thread",
                "7 bytes of a message in each signal",
                "the kernel's: signals come from the same user only, or root",
                List.of("nothing but signals", "the kernel queues them in order"),
                List.of("seven bytes for each system call", "the queue is one for all processes of a user"));
    }

    @Override
    public Availability availability() {
        try {
            String reason = reasonWhyNot();
            return reason.isEmpty() ? Availability.yes() : Availability.no(reason);
        } catch (LinkageError missing) {
            return Availability.no("jnr-ffi is not on the class path: " + missing);
        }
    }

    private static String reasonWhyNot() {
        String reason = LibC.LIBRARY.reasonWhyNot();
        if (reason.isEmpty()) {
            reason = SystemCalls.reasonWhyNot();
        }
        return reason.isEmpty() ? refusedHere() : reason;
    }

    /** Some containers and sandboxes do not let processes queue signals. */
    private static String refusedHere() {
        long limit = Receiver.queueLimit();
        if (limit < LEAST_QUEUE) {
            return "only " + limit + " signals may be queued for this user (ulimit -i), at least " + LEAST_QUEUE
                    + " are needed";
        }
        try {
            long pid = ProcessHandle.current().pid();
            long info = new Envelope().address(0, 0);
            return LibC.calls().syscall(SystemCalls.rtTgsigqueueinfo(), pid, pid, 0, info) == 0
                    ? ""
                    : "the system does not let this process queue signals: "
                            + LibC.LIBRARY
                                    .failure("rt_tgsigqueueinfo", "this process")
                                    .getMessage();
        } catch (java.io.IOException noProc) {
            return "/proc cannot be read: " + noProc.getMessage();
        }
    }

    @Override
    public Listener listen(Address address) {
        SignalConnections connections = connections(address);
        Path file = SocketFile.of(address);
        Receiver receiver = connections.receiver("listen on");
        return SignalListener.over(
                LeaseListener.listen(address, file, connections.host(receiver)), file, receiver.place());
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        return connections(address).dial(SocketFile.of(address), timeout);
    }

    private static SignalConnections connections(Address address) {
        SignalOptions options = SignalOptions.of(address);
        String reason = reasonWhyNot();
        if (!reason.isEmpty()) {
            throw new TransportUnavailableException(address + ": " + reason);
        }
        return new SignalConnections(address, options);
    }
}
