package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.TransportRegistry;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;

class TransportsCommandTest {

    private static final Mechanism ABSENT = new Mechanism() {
        @Override
        public String scheme() {
            return "carrier-pigeon";
        }

        @Override
        public Capabilities capabilities(Address address) {
            throw new InvalidAddressException(address + ": which loft?");
        }

        @Override
        public Traits traits() {
            return new Traits(
                    "a bird | a letter, and so many words about both that they do not fit into the last column at all",
                    Trait.yes("where there are pigeons"),
                    Trait.no(),
                    Trait.no(),
                    Trait.yes("where there are pigeons"),
                    "a loft",
                    "paper",
                    "hawks",
                    List.of(),
                    List.of("slow"));
        }

        @Override
        public Availability availability() {
            return Availability.no(
                    "there is no loft on this machine, " + "and nobody who feeds the birds ".repeat(6) + "until then");
        }
    };

    private static final TransportRegistry WITH_ABSENT = Transports.registry().with(ABSENT);

    @Test
    void theTableHasARowForEachTransportAndFitsTheTerminal() throws InterruptedException {
        Ipckit ipckit =
                new Ipckit().withRegistry(WITH_ABSENT).start("transports").awaitEnd();

        assertEquals(0, ipckit.exitCode());
        for (Mechanism mechanism : WITH_ABSENT.mechanisms()) {
            assertEquals(
                    1,
                    ipckit.out().stream()
                            .filter(line -> line.startsWith(mechanism.scheme() + " "))
                            .count(),
                    () -> String.join("\n", ipckit.out()));
        }
        for (String line : ipckit.out()) {
            assertTrue(line.length() <= TransportsTable.WIDTH, line);
        }
    }

    @Test
    void theTableSaysWhyATransportDoesNotWork() throws InterruptedException {
        Ipckit ipckit =
                new Ipckit().withRegistry(WITH_ABSENT).start("transports").awaitEnd();

        List<String> words = ipckit.out().stream().map(String::strip).toList();
        int row = indexOfStart(words, "carrier-pigeon");
        assertTrue(words.get(row).matches("carrier-pigeon +no .*"), words.get(row));
        int reason = indexOfStart(words, "there is no loft on this machine");
        assertTrue(reason > row, () -> String.join("\n", words));
        assertTrue(words.subList(reason, words.size()).stream().anyMatch(line -> line.contains("until then")));
    }

    @Test
    void theTableSaysWhatIsWorseThanItCouldBe() throws InterruptedException {
        Mechanism degraded = new Renamed("limping", Availability.degraded("one leg is short"));

        Ipckit ipckit = new Ipckit()
                .withRegistry(TransportRegistry.of(degraded))
                .start("transports")
                .awaitEnd();

        assertTrue(ipckit.out().get(1).startsWith("limping  degraded "), () -> ipckit.out()
                .toString());
        assertEquals("    one leg is short", ipckit.out().get(2));
    }

    @Test
    void jsonHasEverything() throws Exception {
        Ipckit ipckit = new Ipckit()
                .withRegistry(WITH_ABSENT)
                .start("transports", "--json")
                .awaitEnd();

        JsonNode all = new ObjectMapper().readTree(String.join("\n", ipckit.out()));
        assertEquals(WITH_ABSENT.mechanisms().size(), all.size());
        for (JsonNode one : all) {
            Mechanism mechanism = WITH_ABSENT.find(one.get("scheme").asText()).orElseThrow();
            assertEquals(
                    mechanism.availability().available(),
                    one.at("/availability/available").asBoolean());
            assertEquals(
                    mechanism.availability().reason(),
                    one.at("/availability/reason").asText());
            assertEquals(
                    mechanism.traits().accessControl(),
                    one.at("/traits/accessControl").asText());
            assertEquals(
                    mechanism.traits().easy().holds(),
                    one.at("/traits/easy/holds").asBoolean());
        }
        JsonNode uds = all.findParents("scheme").stream()
                .filter(one -> one.get("scheme").asText().equals("uds"))
                .findFirst()
                .orElseThrow();
        assertEquals("RELIABLE", uds.at("/capabilities/delivery").asText());
        assertEquals(16 << 20, uds.at("/capabilities/maxMessageSize").asInt());
        assertEquals("transport", uds.at("/kinds/0").asText());
    }

    @Test
    void markdownNumbersEachNoteOnceAndEscapesBars() throws InterruptedException {
        Ipckit ipckit = new Ipckit()
                .withRegistry(TransportRegistry.of(ABSENT))
                .start("transports", "--markdown")
                .awaitEnd();

        assertEquals(
                "| `carrier-pigeon` | a bird \\| a letter, and so many words about both that they do not fit into the last"
                        + " column at all | - | - | - | - | - | yes <sup>1</sup> | no | no | yes <sup>1</sup> |",
                ipckit.out().get(2));
        assertEquals(
                List.of("", "<sup>1</sup> where there are pigeons"),
                ipckit.out().subList(3, ipckit.out().size()));
    }

    @Test
    void theReadmesTableIsTheGeneratedOne() throws Exception {
        List<String> readme = Files.readAllLines(readme());
        int begin = readme.indexOf("<!-- transports -->");
        int end = readme.indexOf("<!-- /transports -->");
        assertTrue(begin >= 0 && begin < end, "README.md has no <!-- transports --> ... <!-- /transports -->");

        Ipckit ipckit = Ipckit.run("transports", "--markdown");

        assertEquals(
                ipckit.out(),
                readme.subList(begin + 1, end),
                "put what './ipckit transports --markdown' prints between the markers in README.md");
    }

    private static Path readme() throws IOException {
        Path module = Path.of("").toRealPath();
        return module.getParent().resolve("README.md");
    }

    private static int indexOfStart(List<String> lines, String beginning) {
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith(beginning)) {
                return at;
            }
        }
        throw new AssertionError("no line begins with '" + beginning + "': " + lines);
    }

    /** The queues of one JVM under another name. */
    private record Renamed(String scheme, Availability availability) implements Mechanism {

        @Override
        public Capabilities capabilities(Address address) {
            return Capabilities.reliable(1 << 10);
        }

        @Override
        public Traits traits() {
            return Transports.registry().find("inproc").orElseThrow().traits();
        }
    }
}
