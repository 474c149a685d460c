package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Message;

/**
 * Values under keys of a Redis server: what a program wants to find again when it comes back, and what one process leaves
 * for another. Keys and values are those of every other client: {@code redis-cli GET key} shows what {@link #set} has set.
 *
 * <p>A session that the server has ended is opened again by the next call. Any thread may use it, one at a time is served.
 */
public final class RedisStore implements AutoCloseable {

    private final RestoredSession server;

    private RedisStore(RestoredSession server) {
        this.server = server;
    }

    /**
     * Opens a session with the server of an address: {@code redis://user:password@host:port?db=0}, {@code rediss://...},
     * {@code redis-unix:///path/to/socket}, or {@code redis://embedded}, which is started if it does not run.
     *
     * @throws org.ipckit.transport.ConnectFailedException if there is no server; the text says how to start one
     * @throws org.ipckit.transport.AccessDeniedException if it does not let this process in
     * @throws InvalidAddressException if the address is of no Redis server, or of a cluster, whose nodes share the keys
     */
    public static RedisStore open(Address address) {
        RedisAddress parsed =
                switch (address.scheme()) {
                    case "redis", "redis-unix" -> RedisAddress.of(address, false);
                    case "rediss" -> RedisAddress.of(address, true);
                    default ->
                        throw new InvalidAddressException(
                                address + ": a store is at redis://, rediss:// or redis-unix://");
                };
        if (parsed.cluster()) {
            throw new InvalidAddressException(
                    address + ": a store needs one server for all its keys, the nodes of a cluster share them");
        }
        return new RedisStore(RestoredSession.open(new RedisServer(parsed), "use the store", parsed.channel(), ""));
    }

    /** As {@link #open(Address)}. */
    public static RedisStore open(String address) {
        return open(Address.parse(address));
    }

    /**
     * Returns the value of a key, empty if it has none.
     *
     * @throws org.ipckit.transport.MechanismException if the key has something other than a value, such as a list
     */
    public Optional<Message> get(String key) {
        Object value = server.use((session, deadline) -> session.ask(deadline, "GET", key));
        return value instanceof ByteBuffer bytes ? Optional.of(Message.copyOf(bytes)) : Optional.empty();
    }

    /** Sets the value of a key, which has it until it is set again or deleted. */
    public void set(String key, Message value) {
        server.use((session, deadline) -> session.ask(deadline, "SET", key, value.toByteArray()));
    }

    /** As {@link #set(String, Message)}, for so long; whole milliseconds, at least one. */
    public void set(String key, Message value, Duration time) {
        long millis = millis(time);
        server.use((session, deadline) -> session.ask(deadline, "SET", key, value.toByteArray(), "PX", millis));
    }

    /** Deletes a key and its value; returns false if there was none. */
    public boolean delete(String key) {
        return server.use((session, deadline) -> session.ask(deadline, "DEL", key))
                .equals(1L);
    }

    /**
     * Takes a lock that no other client of the server has, for at most a time; see {@link RedisLock} for what it promises.
     *
     * @param name the key that stands for the lock; it has no other value
     * @param time how long it is held unless it is renewed or given back; long enough for the work, for whoever dies keeps
     *     all others waiting until then
     * @param timeout the longest to wait for others; {@link Duration#ZERO} tries once
     * @return empty if somebody else had it all that time
     */
    public Optional<RedisLock> lock(String name, Duration time, Duration timeout) {
        long millis = millis(time);
        List<RedisLock> taken = new ArrayList<>(1);
        server.await(timeout, (session, deadline) -> {
            RedisLock lock = new RedisLock(server, name, millis);
            // One of whose answer nobody knows is tried again with another token, and runs out by itself.
            return lock.take(session, deadline) && taken.add(lock);
        });
        return taken.stream().findFirst();
    }

    private static long millis(Duration time) {
        if (time.toMillis() < 1) {
            throw new IllegalArgumentException("a time of " + time + ", at least one millisecond is needed");
        }
        return time.toMillis();
    }

    /** Ends the session; locks that are held then end with their time. */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "RedisStore[" + server.address() + "]";
    }
}
