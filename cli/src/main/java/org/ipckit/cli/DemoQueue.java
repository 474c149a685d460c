package org.ipckit.cli;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.demos.Language;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Publication;
import org.ipckit.transport.TransportRegistry;

/** The channel of the message queue: of the server that is named, of the one that runs here, or of one that ends with this. */
final class DemoQueue implements AutoCloseable {

    private static final String SCHEME = "redis";
    private static final String HOST = "localhost";
    private static final int PORT = 6379;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Address address;
    private final Publication publication;

    private DemoQueue(Address address, Publication publication) {
        this.address = address;
        this.publication = publication;
    }

    static DemoQueue open(TransportRegistry registry, Optional<String> named, Path folder) {
        BroadcastTransport redis = (BroadcastTransport) registry.find(SCHEME).orElseThrow();
        Address address = Address.parse(named.orElseGet(() -> found(folder)));
        return new DemoQueue(address, redis.publish(address.withOption("sequence", "false")));
    }

    private static String found(Path folder) {
        try {
            new Socket(HOST, PORT).close();
            return "redis://" + HOST + ":" + PORT + "/my_channel";
        } catch (IOException absent) {
            return "redis://embedded/my_channel?folder=" + folder;
        }
    }

    /** Returns the address in the form that programs in this language understand. */
    String forProgramIn(Language language) {
        Optional<String> folder = address.option("folder");
        return language == Language.PYTHON && folder.isPresent()
                ? "unix://" + folder.get() + "/embedded.redis"
                : address.toUri();
    }

    /** Returns true if somebody is subscribed. */
    boolean isReady() {
        return publication.awaitSubscribers(1, LOOK);
    }

    @Override
    public void close() {
        publication.close();
    }
}
