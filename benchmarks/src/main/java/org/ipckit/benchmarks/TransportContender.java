package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Transport;
import org.ipckit.transport.WaitStrategy;

/** A transport of the registry, with the options that its row's name gives: {@code uds?provider=jnr}. */
final class TransportContender implements Contender {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String BUFFER = "buffer";
    private static final String BUFFER_SIZE = "64KiB";

    private static final Map<String, String> LIMITS = Map.of(
            "uds",
            "uds",
            "tcp",
            "tcp",
            "tls",
            "tcp",
            "pipe",
            "fifo",
            "shm",
            "spin-futex",
            "shm?wait=spin",
            "record",
            "signal",
            "signal",
            "jsonfile",
            "file-lock");
    private static final Map<String, String> RAW =
            Map.of("uds", "raw-uds", "tcp", "raw-tcp", "pipe", "raw-pipe", "redis", "raw-jedis");

    private final Transport transport;
    private final String name;

    /**
     * Makes the contender of a row.
     *
     * @throws InvalidAddressException if the transport does not know an option of the name
     */
    TransportContender(Transport transport, String name) {
        this.transport = transport;
        this.name = name;
        capabilities();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Group group() {
        return Group.TRANSPORT;
    }

    @Override
    public Optional<String> unavailable() {
        return RowAddress.unavailable(transport);
    }

    @Override
    public Optional<String> limit() {
        return Optional.ofNullable(LIMITS.getOrDefault(name, LIMITS.get(transport.scheme())));
    }

    @Override
    public Optional<String> raw() {
        return Optional.ofNullable(RAW.get(transport.scheme()));
    }

    @Override
    public boolean oneProcess() {
        return capabilities().reach() == Capabilities.Reach.PROCESS;
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.empty();
    }

    @Override
    public long largestMessageBytes() {
        return capabilities().maxMessageSize();
    }

    @Override
    public boolean batches() {
        Address address = address(Path.of("/tmp"));
        if (address.option(BUFFER).isPresent()) {
            return false; // the row's own choice: it has all its figures with it
        }
        try {
            transport.capabilities(address.withOption(BUFFER, BUFFER_SIZE));
            return true;
        } catch (InvalidAddressException noSuchOption) {
            return false;
        }
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        Address plain = address(RowAddress.folder(transport.scheme(), folder));
        Listener listener = transport.listen(
                transport.scheme().equals("tls") && plain.option("key-store").isEmpty()
                        ? TlsKeys.made(plain, folder)
                        : plain);
        return new Entrance() {
            @Override
            public String place() {
                return listener.address().toUri();
            }

            @Override
            public Exchange accept() {
                return new TransportExchange(listener.accept(TIMEOUT)
                        .orElseThrow(() -> new IllegalStateException("nobody connected to " + listener.address()
                                + " within " + TIMEOUT.toSeconds() + " s")));
            }

            @Override
            public void close() {
                listener.close();
            }
        };
    }

    @Override
    public Exchange connect(String place, boolean batched) {
        Address address = Address.parse(place);
        return new TransportExchange(
                transport.connect(batched ? address.withOption(BUFFER, BUFFER_SIZE) : address, TIMEOUT));
    }

    private Address address(Path folder) {
        int options = name.indexOf('?');
        return RowAddress.of(transport.scheme(), options < 0 ? "" : name.substring(options), folder);
    }

    private Capabilities capabilities() {
        return transport.capabilities(address(Path.of("/tmp")));
    }

    /** Returns the options that get a row of their own where the transport has them. */
    static List<String> variants(String scheme) {
        return switch (scheme) {
            case "uds" -> List.of("provider=jnr");
            case "shm" -> List.of("wait=spin");
            default -> List.of();
        };
    }

    /** Returns the options of every way to wait that is not the usual one. */
    static List<String> waits() {
        return Arrays.stream(WaitStrategy.values())
                .filter(strategy -> strategy != WaitStrategy.BLOCK)
                .map(strategy -> "wait=" + strategy.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
