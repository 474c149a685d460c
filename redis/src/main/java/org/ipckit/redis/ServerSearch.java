package org.ipckit.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ipckit.transport.spi.Deadline;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Finds a server by asking others: sentinels for the master, the nodes of a cluster for the one that has a slot. */
final class ServerSearch {

    /** Opens a session with one server. */
    @FunctionalInterface
    interface Opener {
        Session open(HostPort host, Deadline deadline) throws IOException;
    }

    /** Asks one server; null if it does not know. */
    @FunctionalInterface
    private interface Question {
        HostPort ask(Session session, HostPort asked) throws IOException;
    }

    private final List<HostPort> hosts;
    private final Opener opener;

    ServerSearch(List<HostPort> hosts, Opener opener) {
        this.hosts = hosts;
        this.opener = opener;
    }

    /** Asks those who watch over it which server is the master now. */
    HostPort master(String name, Deadline deadline) throws IOException {
        return first(
                deadline,
                "watches over no master '" + name + "'",
                (session, asked) -> session.ask(deadline, "SENTINEL", "get-master-addr-by-name", name)
                                instanceof List<?> found
                        ? new HostPort(RespValues.text(found.get(0)), Integer.parseInt(RespValues.text(found.get(1))))
                        : null);
    }

    /** Asks any node of a cluster which one has the slot of the key. */
    HostPort node(String key, Deadline deadline) throws IOException {
        long slot = JedisClusterCRC16.getSlot(key.getBytes(StandardCharsets.UTF_8));
        return first(deadline, "knows no node that has the slot " + slot + " of '" + key + "'", (session, asked) -> {
            for (Object range : (List<?>) session.ask(deadline, "CLUSTER", "SLOTS")) {
                List<?> parts = (List<?>) range;
                if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                    return host((List<?>) parts.get(2), asked);
                }
            }
            return null;
        });
    }

    /** One that knows itself by no name is where it was asked. */
    private static HostPort host(List<?> node, HostPort asked) {
        String host = RespValues.text(node.get(0));
        int port = Integer.parseInt(node.get(1).toString());
        return new HostPort(host.isEmpty() ? asked.host() : host, port);
    }

    private HostPort first(Deadline deadline, String ignorance, Question question) throws IOException {
        IOException last = null;
        for (HostPort each : hosts) {
            try (Session session = opener.open(each, deadline)) {
                HostPort found = question.ask(session, each);
                if (found != null) {
                    return found;
                }
                last = new IOException("the server at " + each + " " + ignorance);
            } catch (IOException refused) {
                last = refused;
            }
        }
        throw last;
    }
}
