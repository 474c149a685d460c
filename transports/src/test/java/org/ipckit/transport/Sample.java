package org.ipckit.transport;

import java.time.Duration;
import java.util.List;

/** Mechanisms for the tests of the registry. */
public class Sample implements Transport {

    private final String scheme;
    private final Availability availability;

    Sample(String scheme, Availability availability) {
        this.scheme = scheme;
        this.availability = availability;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public Capabilities capabilities(Address address) {
        return Capabilities.reliable(1);
    }

    @Override
    public Traits traits() {
        Trait no = Trait.no();
        return new Traits("sample", no, no, no, no, "", "", "", List.of(), List.of());
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public Listener listen(Address address) {
        throw new AddressInUseException("listen on " + address);
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        throw new ConnectFailedException("connect to " + address + " within " + timeout);
    }

    /** All is well. */
    public static final class Works extends Sample {
        public Works() {
            super("works", Availability.yes());
        }
    }

    /** Its constructor fails. */
    public static final class CannotBeMade extends Sample {
        public CannotBeMade() {
            super("cannot-be-made", Availability.yes());
            throw new IllegalStateException("for the test");
        }
    }

    /** What the registry asks it for first fails. */
    public static final class HasNoScheme extends Sample {
        public HasNoScheme() {
            super("", Availability.yes());
        }

        @Override
        public String scheme() {
            throw new NoClassDefFoundError("for the test");
        }
    }
}
