package org.ipckit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportRegistryTest {

    @TempDir
    Path folder;

    @Test
    void aBrokenProviderDoesNotTakeTheOthersWithIt() throws IOException {
        URL noServiceFile = serviceFile("first", "this line is not the name of a class");
        URL oneThatWorks = serviceFile(
                "second",
                "org.example.Absent",
                Sample.class.getName() + "$CannotBeMade",
                Sample.class.getName() + "$HasNoScheme",
                "java.lang.String",
                Sample.class.getName() + "$Works");
        URL[] urls = {noServiceFile, oneThatWorks};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            TransportRegistry registry = TransportRegistry.load(loader);

            assertEquals(
                    "inproc, works",
                    registry.mechanisms().stream().map(Mechanism::scheme).collect(Collectors.joining(", ")));
        }
    }

    @Test
    void aSchemeThatIsNotThereNamesThoseThatAre() {
        TransportRegistry registry = TransportRegistry.of(new Sample.Works(), new Sample("other", Availability.yes()));

        assertEquals(
                "address 'shm://a': 'shm' is not the scheme of a transport that connects one process with another on"
                        + " this class path; there are: other, works. A module that is missing is added as"
                        + " ipckit-<module>.",
                assertThrows(InvalidAddressException.class, () -> registry.transport(Address.parse("shm://a")))
                        .getMessage());
        assertTrue(assertThrows(InvalidAddressException.class, () -> TransportRegistry.of()
                        .listen(Address.parse("shm://a")))
                .getMessage()
                .contains("there are: none"));
    }

    @Test
    void aTransportThatConnectsIsNoBroadcastTransport() {
        TransportRegistry registry = TransportRegistry.of(new Sample.Works());

        assertTrue(assertThrows(InvalidAddressException.class, () -> registry.broadcast(Address.parse("works://a")))
                .getMessage()
                .contains("a broadcast transport on this class path; there are: none"));
    }

    @Test
    void whatDoesNotWorkHereSaysWhy() {
        TransportRegistry registry = TransportRegistry.of(new Sample("broken", Availability.no("no such thing here")));

        assertEquals(
                "broken://a: no such thing here",
                assertThrows(
                                TransportUnavailableException.class,
                                () -> registry.connect(Address.parse("broken://a"), Duration.ZERO))
                        .getMessage());
    }

    @Test
    void aDegradedOneIsUsed() {
        Sample degraded = new Sample("slow", Availability.degraded("it is slow"));

        assertSame(degraded, TransportRegistry.of(degraded).transport(Address.parse("slow://a")));
    }

    @Test
    void aDecoratorThatIsNotThereIsNotPassedOver() {
        assertTrue(assertThrows(InvalidAddressException.class, () -> TransportRegistry.of(new Sample.Works())
                        .transport(Address.parse("tap+works://a")))
                .getMessage()
                .contains("there is no decorator 'tap'"));
    }

    @Test
    void withReplacesTheOneOfTheSameSchemeInANewRegistry() {
        Sample first = new Sample.Works();
        Sample second = new Sample.Works();
        TransportRegistry registry = TransportRegistry.of(first);
        TransportRegistry more = registry.with(second, new Sample("a", Availability.yes()));

        assertSame(first, registry.transport(Address.parse("works://a")));
        assertSame(second, more.transport(Address.parse("works://a")));
        assertEquals(
                "[a, works]",
                more.transports().stream().map(Mechanism::scheme).toList().toString());
        assertEquals(1, registry.mechanisms().size());
        assertTrue(more.find("b").isEmpty());
        assertThrows(ConnectFailedException.class, () -> more.connect(Address.parse("a://x"), Duration.ZERO));
        assertThrows(AddressInUseException.class, () -> more.listen(Address.parse("a://x")));
    }

    @Test
    void anAvailabilityHasAReasonExactlyWhenSomethingIsAmiss() {
        assertThrows(IllegalArgumentException.class, () -> Availability.no(" "));
        assertThrows(IllegalArgumentException.class, () -> Availability.degraded(""));
        assertThrows(IllegalArgumentException.class, () -> new Availability(true, "well", false));
        assertTrue(Availability.degraded("x").available());
        assertTrue(Availability.yes().reason().isEmpty());
    }

    @Test
    void capabilitiesThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Capabilities.reliable(0));
        assertThrows(
                IllegalArgumentException.class, () -> Capabilities.reliable(1).inPlace(-1));
        Capabilities changed = Capabilities.reliable(10)
                .inPlace(3)
                .within(Capabilities.Reach.NETWORK)
                .overEncryption();
        assertEquals(
                new Capabilities(
                        10,
                        3,
                        Integer.MAX_VALUE,
                        Capabilities.Delivery.RELIABLE,
                        Capabilities.WhenFull.WAITS,
                        Capabilities.PeerLoss.DETECTED,
                        Capabilities.Retention.NONE,
                        Capabilities.Reach.NETWORK,
                        true),
                changed);
    }

    private URL serviceFile(String name, String... lines) throws IOException {
        Path root = folder.resolve(name);
        Path file = root.resolve("META-INF/services/org.ipckit.transport.Mechanism");
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
        return root.toUri().toURL();
    }
}
