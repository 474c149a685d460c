package org.ipckit.transport.inproc;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Options;

/**
 * {@code inproc://NAME}: two queues within one JVM. The reference for what the contract means, and a stand-in for a real
 * mechanism in a test. Options: {@code wait}, {@code max-message}.
 */
public final class InProcessTransport implements Transport {

    private static final Set<String> OPTIONS = Set.of("wait", "max-message");
    private static final int LARGEST_MESSAGE = 1 << 30;
    private static final Map<String, InProcessListener> LISTENERS = new ConcurrentHashMap<>();

    @Override
    public String scheme() {
        return "inproc";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return Capabilities.reliable(
                        options(address).bytes("max-message", Capabilities.DEFAULT_MAX_MESSAGE, 1, LARGEST_MESSAGE))
                .inPlace(0)
                .within(Reach.PROCESS);
    }

    @Override
    public Traits traits() {
        return new Traits(
                "queues in one JVM",
                Trait.yes(),
                Trait.no(),
                Trait.no(),
                Trait.yes(),
                "a name in the same process",
                "whole messages",
                "nobody outside the process reaches it",
                List.of("nothing to clean up", "no system call while busy"),
                List.of("only within one process"));
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Listener listen(Address address) {
        InProcessListener listener = new InProcessListener(
                address, capabilities(address), wait(address), closed -> LISTENERS.remove(name(address), closed));
        if (LISTENERS.putIfAbsent(name(address), listener) != null) {
            throw new AddressInUseException("listen on " + address + ": this process listens there");
        }
        return listener;
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        Capabilities capabilities = capabilities(address);
        return Dialer.retry(address, timeout, deadline -> {
            InProcessListener listener = LISTENERS.get(name(address));
            if (listener == null) {
                throw new IOException("nobody in this process (pid "
                        + ProcessHandle.current().pid()
                        + ") listens there, and inproc reaches no other: use uds:// or shm:// for that");
            }
            return listener.take(address, capabilities, wait(address));
        });
    }

    private static String name(Address address) {
        if (address.target().isEmpty()) {
            throw new InvalidAddressException(address + ": a name is missing, as in inproc://orders");
        }
        return address.target();
    }

    private static Options options(Address address) {
        return Options.of(address, OPTIONS);
    }

    private static WaitStrategy wait(Address address) {
        return options(address).choice("wait", WaitStrategy.BLOCK);
    }
}
