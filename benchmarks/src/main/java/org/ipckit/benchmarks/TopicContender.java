package org.ipckit.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.TransportRegistry;

/** A topic of a transport that has them, with so many subscribers: {@code topic-redis-2}. */
final class TopicContender implements Contender {

    /** How many subscribers there are rows for. */
    static final List<Integer> SUBSCRIBERS = List.of(1, 2, 4);

    private static final String MAX_LENGTH = "max-length";

    /** A topic that keeps what nobody reads any more must not fill the memory of the machine. */
    private static final long KEPT_BYTES = 64L << 20;

    private static final int LEAST_KEPT = 256;

    private final BroadcastTransport transport;
    private final int subscribers;
    private final int sizeBytes;

    TopicContender(BroadcastTransport transport, int subscribers, int sizeBytes) {
        this.transport = transport;
        this.subscribers = subscribers;
        this.sizeBytes = sizeBytes;
    }

    /** Returns the rows of all topics of a registry that can be measured without a server from elsewhere. */
    static List<Contender> all(TransportRegistry registry, int sizeBytes) {
        return registry.mechanisms().stream()
                .filter(BroadcastTransport.class::isInstance)
                .filter(mechanism -> RowAddress.unavailable(mechanism).isEmpty())
                .map(BroadcastTransport.class::cast)
                .flatMap(transport -> SUBSCRIBERS.stream()
                        .<Contender>map(subscribers -> new TopicContender(transport, subscribers, sizeBytes)))
                .toList();
    }

    @Override
    public String name() {
        return "topic-" + transport.scheme() + "-" + subscribers;
    }

    /** Returns how many subscribers it has. */
    int subscribers() {
        return subscribers;
    }

    @Override
    public Group group() {
        return Group.TOPIC;
    }

    @Override
    public Set<Measurement> measurements() {
        return Set.of(Measurement.FAN_OUT);
    }

    @Override
    public long largestMessageBytes() {
        return transport.capabilities(address(Path.of("/tmp"))).maxMessageSize();
    }

    private Address address(Path folder) {
        Address address = RowAddress.of(transport.scheme(), folder);
        return transport.scheme().equals("redis-stream")
                ? address.withOption(MAX_LENGTH, Long.toString(Math.max(LEAST_KEPT, KEPT_BYTES / sizeBytes)))
                : address;
    }

    /** The near end publishes: it is the one that measures, and there is one of it. */
    @Override
    public Entrance listen(Path folder) {
        Publication publication = transport.publish(address(folder));
        return new Entrance() {
            @Override
            public String place() {
                return publication.address().toUri();
            }

            @Override
            public Exchange accept() {
                return new Publishing(publication);
            }

            @Override
            public void close() {
                publication.close();
            }
        };
    }

    @Override
    public Exchange connect(String place, boolean batched) {
        return new Subscribed(transport.subscribe(Address.parse(place)));
    }

    private record Publishing(Publication publication) implements Exchange {

        @Override
        public void send(ByteBuffer message) {
            publication.publish(message);
        }

        @Override
        public void receive(MessageHandler handler) {
            throw new UnsupportedOperationException("a publication receives nothing");
        }

        @Override
        public void drain(MessageHandler handler) {
            receive(handler);
        }

        @Override
        public void close() {
            publication.close();
        }
    }

    private record Subscribed(Subscription subscription) implements Exchange {

        private static final Duration SILENCE = Duration.ofSeconds(30);
        private static final int DRAINED_AT_ONCE = 256;

        @Override
        public void send(ByteBuffer message) {
            throw new UnsupportedOperationException("a subscription sends nothing");
        }

        @Override
        public void receive(MessageHandler handler) {
            handler.onMessage(subscription
                    .receive(SILENCE)
                    .orElseThrow(() -> new IllegalStateException(
                            subscription.address() + ": nothing came for " + SILENCE.toSeconds() + " s"))
                    .asByteBuffer());
        }

        @Override
        public void drain(MessageHandler handler) {
            if (subscription.poll(handler, DRAINED_AT_ONCE) == 0) {
                receive(handler);
            }
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}
