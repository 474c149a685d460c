package org.ipckit.chronicle;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.Deadline;

/** Takes what somebody else may hold for a moment: whoever looks whether its owner lives does so by taking it. */
final class Patience {

    private static final Duration WHILE_LOOKED_AT = Duration.ofSeconds(1);
    private static final long AGAIN_NANOS = 2_000_000;

    private Patience() {}

    /**
     * Takes it.
     *
     * @throws AddressInUseException if somebody holds it for longer
     */
    static AddressOwnership take(Supplier<AddressOwnership> taking) {
        Deadline deadline = Deadline.after(WHILE_LOOKED_AT);
        while (true) {
            try {
                return taking.get();
            } catch (AddressInUseException held) {
                if (deadline.expired()) {
                    throw held;
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }
}
