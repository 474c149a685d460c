package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import org.ipckit.transport.spi.Deadline;

/**
 * A lock that is held: a key of a Redis server with a random token as its value, set only where there was none and only
 * for a time ({@code SET name token NX PX time}), so that it is free again when its holder has died.
 *
 * <p><b>What it promises.</b> Of all who ask the same server, one has it until it gives it back or its time is over. Giving
 * back and renewing compare the token in the server, so whoever has had it too long never takes it from the next one.
 *
 * <p><b>What it does not.</b> A holder whose time is over is not stopped: who was paused (SIGSTOP, a collection, a slow
 * disk) may go on working while the next one has the lock. So ask {@link #remaining} before each step that matters, and let
 * what must never be done twice be checked where it is done. The key is forgotten by a server that restarts without
 * persistence, and by a replica that became the master before it had heard of it. Whoever has it cannot take
 * it twice.
 *
 * <p>Any thread may use it.
 */
public final class RedisLock implements AutoCloseable {

    private static final String IF_MINE =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call(%s) else return 0 end";
    private static final String DELETE = IF_MINE.formatted("'DEL', KEYS[1]");
    private static final String EXPIRE = IF_MINE.formatted("'PEXPIRE', KEYS[1], ARGV[2]");

    private final RestoredSession server;
    private final String name;
    private final String token = Channels.newToken();
    private final long millis;
    private volatile Deadline end = Deadline.OVER;
    private volatile boolean released;

    RedisLock(RestoredSession server, String name, long millis) {
        this.server = server;
        this.name = name;
        this.millis = millis;
    }

    /** Tries once. */
    boolean take(Session session, Deadline deadline) throws IOException {
        // From before it is asked for: the server's clock begins later, so this one never runs out too late.
        Deadline asked = Deadline.after(Duration.ofMillis(millis));
        if (session.ask(deadline, "SET", name, token, "NX", "PX", millis).equals(RespReader.NIL)) {
            return false;
        }
        end = asked;
        return true;
    }

    /** Returns how long it is held at least, if its server does not lose it; zero when its time is over. */
    public Duration remaining() {
        return end.remaining();
    }

    /**
     * Holds it for the whole of its time from now on.
     *
     * @return false if its time was over or the server has lost it: then somebody else may have had it, or has it
     */
    public boolean renew() {
        Deadline asked = Deadline.after(Duration.ofMillis(millis));
        boolean mine = server.use((session, deadline) -> session.ask(deadline, "EVAL", EXPIRE, 1, name, token, millis))
                .equals(1L);
        end = mine ? asked : Deadline.OVER;
        return mine;
    }

    /**
     * Gives it back.
     *
     * @return false if it was not held any more, for its time was over or the server has lost it
     */
    public boolean release() {
        end = Deadline.OVER;
        released = true;
        return server.use((session, deadline) -> session.ask(deadline, "EVAL", DELETE, 1, name, token))
                .equals(1L);
    }

    /** Gives it back, if that was not done. */
    @Override
    public void close() {
        if (!released) {
            release();
        }
    }

    @Override
    public String toString() {
        return "RedisLock[" + name + " at " + server.address() + ", "
                + remaining().toMillis() + " ms left]";
    }
}
