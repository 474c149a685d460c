package org.ipckit.conformance.broken;

import java.time.Duration;
import java.util.Optional;
import org.ipckit.conformance.example.PortTransport;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;

/** A transport that keeps every rule, for others to break one of them. */
class BrokenTransport implements Transport {

    /** Breaks a connection, of either side. */
    @FunctionalInterface
    interface Breaking {
        Connection of(Connection whole);
    }

    private final Transport whole = new PortTransport();
    private final Breaking breaking;

    BrokenTransport(Breaking breaking) {
        this.breaking = breaking;
    }

    BrokenTransport() {
        this(whole -> whole);
    }

    @Override
    public String scheme() {
        return whole.scheme();
    }

    @Override
    public Capabilities capabilities(Address address) {
        return whole.capabilities(address);
    }

    @Override
    public Traits traits() {
        return whole.traits();
    }

    @Override
    public Availability availability() {
        return whole.availability();
    }

    @Override
    public Listener listen(Address address) {
        Listener listener = whole.listen(address);
        return new BrokenListener(listener, breaking);
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        return breaking.of(whole.connect(address, timeout));
    }

    /** Gives out broken connections. */
    static class BrokenListener implements Listener {

        private final Listener whole;
        private final Breaking breaking;

        BrokenListener(Listener whole, Breaking breaking) {
            this.whole = whole;
            this.breaking = breaking;
        }

        @Override
        public Address address() {
            return whole.address();
        }

        @Override
        public Optional<Connection> accept(Duration timeout) {
            return whole.accept(timeout).map(breaking::of);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
