package org.ipckit.transport;

/**
 * One way two processes on a machine can talk, found by {@link java.util.ServiceLoader} and known by its scheme.
 *
 * <p>Implementations have a public constructor without parameters, hold no state and may be used by any thread. Service
 * files name this type, whether the implementation is a {@link Transport}, a {@link BroadcastTransport} or both.
 */
public interface Mechanism {

    /** Returns the scheme of its addresses, such as {@code uds}: lower-case letters, digits and {@code -}. */
    String scheme();

    /**
     * Returns what connections at this address promise, exactly for that address and its options.
     *
     * @throws InvalidAddressException if the address is not one of this mechanism or has an option it does not know
     */
    Capabilities capabilities(Address address);

    /** Returns what a person chooses by; the comparison tables are made of these. */
    Traits traits();

    /** Says whether the mechanism works on this machine and JVM; never throws. */
    Availability availability();
}
