package org.ipckit.redis;

import java.nio.file.Path;
import java.util.List;

/** Where a Redis server is. */
sealed interface RedisPlace {

    /** The server that is started where none is given; found by its socket in a folder. */
    record Embedded(Path folder) implements RedisPlace {
        @Override
        public String toString() {
            return "the embedded server (" + folder.resolve(EmbeddedServer.SOCKET) + ")";
        }
    }

    /** A server, or several of a cluster or of those that watch over one, in the network. */
    record Network(List<HostPort> hosts) implements RedisPlace {
        public Network {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String toString() {
            return String.join(",", hosts.stream().map(HostPort::toString).toList());
        }
    }

    /** A server behind a Unix socket. */
    record UnixSocket(Path file) implements RedisPlace {
        @Override
        public String toString() {
            return file.toString();
        }
    }
}
