package org.ipckit.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Publication;
import org.ipckit.transport.TransportRegistry;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Jedis without our API, through the socket of the same kind of server: {@code raw-jedis}. Each end publishes with one
 * client and is subscribed with another, whose thread hands over what comes. What its manual shows, and nothing more.
 */
final class RawJedis implements Contender {

    /** Of the server that redis://embedded starts in a folder. */
    private static final String SOCKET = "embedded.redis";

    private static final byte[] TO_LISTENER = "raw-jedis:listener".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TO_CLIENT = "raw-jedis:client".getBytes(StandardCharsets.US_ASCII);

    /** Of those that connect beside the first, one after the other. */
    private static final byte[] LATER_TO_LISTENER = "raw-jedis:later:listener".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] LATER_TO_CLIENT = "raw-jedis:later:client".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE_SECONDS = 10;

    private final TransportRegistry registry;
    private boolean connected;

    RawJedis(TransportRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String name() {
        return "raw-jedis";
    }

    @Override
    public Group group() {
        return Group.RAW;
    }

    @Override
    public Optional<String> unavailable() {
        try {
            registry.broadcast(Address.parse("redis://embedded/raw"));
            return Optional.empty();
        } catch (InvalidAddressException noRedis) {
            return Optional.of("the module that starts the server is not on the class path");
        }
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.empty();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        Address address = Address.parse("redis://embedded/raw").withOption("folder", folder.toString());
        Publication started = registry.broadcast(address).publish(address);
        Path socket = folder.resolve(SOCKET);
        Exchange first = new End(socket, TO_LISTENER, TO_CLIENT);
        // Nobody accepts at Redis: who is published to has to be subscribed before.
        Exchange later = new End(socket, LATER_TO_LISTENER, LATER_TO_CLIENT);
        return new Entrance() {
            private boolean accepted;

            @Override
            public String place() {
                return socket.toString();
            }

            @Override
            public Exchange accept() {
                if (accepted) {
                    return new Lent(later);
                }
                accepted = true;
                return first;
            }

            @Override
            public void close() throws IOException {
                try (started) {
                    later.close();
                }
            }
        };
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        if (connected) {
            return new End(Path.of(place), LATER_TO_CLIENT, LATER_TO_LISTENER);
        }
        connected = true;
        return new End(Path.of(place), TO_CLIENT, TO_LISTENER);
    }

    /** An end for one peer after the other, which stays open between them. */
    private static final class Lent extends ForwardingExchange {

        Lent(Exchange exchange) {
            super(exchange);
        }

        @Override
        public void close() {
            // the entrance's
        }
    }

    private static final class End implements Exchange {

        private final Jedis publishing;
        private final Jedis subscribed;
        private final byte[] theirs;
        private final Thread thread;
        private final CountDownLatch inEffect = new CountDownLatch(1);
        private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
        private final BinaryJedisPubSub arrivals = new BinaryJedisPubSub() {
            @Override
            public void onMessage(byte[] channel, byte[] message) {
                arrived.add(message);
            }

            @Override
            public void onSubscribe(byte[] channel, int count) {
                inEffect.countDown();
            }
        };

        End(Path socket, byte[] own, byte[] theirs) throws IOException {
            JedisSocketFactory factory = () -> new UnixSocket(socket);
            DefaultJedisClientConfig config = DefaultJedisClientConfig.builder().build();
            this.theirs = theirs;
            this.publishing = new Jedis(factory, config);
            this.subscribed = new Jedis(factory, config);
            this.thread = new Thread(() -> subscribe(own), "raw-jedis subscriber");
            thread.setDaemon(true);
            thread.start();
            try {
                if (!inEffect.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("the subscription was not in effect within " + PATIENCE_SECONDS + " s");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }

        private void subscribe(byte[] own) {
            try {
                subscribed.subscribe(arrivals, own);
            } catch (JedisConnectionException ended) {
                arrived.clear();
            }
        }

        @Override
        public void send(ByteBuffer message) {
            byte[] bytes = new byte[message.remaining()];
            message.get(message.position(), bytes);
            publishing.publish(theirs, bytes);
        }

        @Override
        public void receive(MessageHandler handler) throws IOException {
            try {
                byte[] message = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new EOFException("no message came for " + PATIENCE_SECONDS + " s");
                }
                handler.onMessage(ByteBuffer.wrap(message));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }

        @Override
        public void drain(MessageHandler handler) throws IOException {
            receive(handler);
            for (byte[] message = arrived.poll(); message != null; message = arrived.poll()) {
                handler.onMessage(ByteBuffer.wrap(message));
            }
        }

        @Override
        public void close() {
            try (publishing;
                    subscribed) {
                // It ends the subscription. To say so first would wait for the read that waits for messages: until
                // JDK 19 the streams of a channel let one of the two through at a time.
            }
        }
    }

    /** A Unix socket in the form that Jedis takes; it has no time-outs. */
    private static final class UnixSocket extends Socket {

        private final SocketChannel channel;

        UnixSocket(Path file) {
            try {
                channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                channel.connect(UnixDomainSocketAddress.of(file));
            } catch (IOException refused) {
                throw new JedisConnectionException("no server at " + file, refused);
            }
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public synchronized void setSoTimeout(int timeout) {
            // A channel that blocks has none.
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isBound() {
            return channel.isConnected();
        }

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public boolean isInputShutdown() {
            return !channel.isOpen();
        }

        @Override
        public boolean isOutputShutdown() {
            return !channel.isOpen();
        }

        @Override
        public synchronized void close() throws IOException {
            channel.close();
        }
    }
}
