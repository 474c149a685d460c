package org.ipckit.testkit;

import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link Transport} promises, as tests. A transport's own test is a declaration:
 *
 * <pre>{@code
 * class SharedMemoryContractTest extends TransportContract {
 *     @Override protected Transport transport() { return new SharedMemoryTransport(); }
 *     @Override protected Address freshAddress(Path folder) { return Address.parse("shm://" + folder.resolve("c")); }
 * }
 * }</pre>
 *
 * <p>The far end of each connection is once a thread of this JVM, once another JVM and, if the system property {@code
 * ipckit.other.java} names a java executable, once a JVM of that JDK. The other JVM makes an object of the test's class
 * itself, so the class must be a top-level or static one with a constructor without parameters, of any visibility. The
 * rules are in {@link Rule}; a failure begins with the rule that is broken. Tests tagged {@code long} take minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({RuleNaming.class, Watchdog.class})
public abstract class TransportContract
        implements LifetimeRule,
                EmptyRule,
                SizeRule,
                OrderRule,
                TimeoutRule,
                InterruptRule,
                CloseRule,
                LastWordsRule,
                DebrisRule,
                CrashRule,
                PauseRule,
                StrangersRule,
                VirtualRule,
                IntegrityRule,
                OfferRule,
                ClaimRule,
                PollRule,
                ConnectRule,
                DuplexRule,
                CapabilitiesRule {

    private Company company;

    /** Returns the transport under test. */
    protected abstract Transport transport();

    /**
     * Returns an address where nobody listens, whose files, if it has any, are in the folder. Each call comes with
     * another folder, which is empty.
     */
    protected abstract Address freshAddress(Path folder);

    /**
     * Opens a way to say bytes to the listener at this address that are not our protocol, for a mechanism that anybody
     * can write to. Without it strangers are those who keep to the protocol and break its limits.
     */
    protected Optional<WritableByteChannel> strangersDoor(Address listening) {
        return Optional.empty();
    }

    /**
     * Returns how many times fewer messages are sent where the kit sends many: 1 for a mechanism that moves one in
     * microseconds, more for one that needs milliseconds.
     */
    protected int slowness() {
        return 1;
    }

    /** Returns what the tests share. */
    final Company company() {
        return company;
    }

    @BeforeAll
    final void gatherCompany() {
        company = new Company(this);
    }

    @AfterAll
    final void dismissCompany() {
        company.close();
    }
}
