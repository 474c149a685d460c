package org.ipckit.cli.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ipckit.benchmarks.report.MeasuredCosts.Cost;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    @Test
    void onOneMachineWithoutMeasurementsTheSimplestComesFirst() {
        Choice choice = choose(Map.of());

        assertFalse(choice.byMeasurement());
        assertEquals("uds://hello", choice.ranked().get(0).uri());
        assertTrue(refusal(choice, "inproc").contains("in one process"));
        assertTrue(refusal(choice, "redis").contains("--may-lose"));
        assertTrue(refusal(choice, "redis-stream").contains("--topic"));
    }

    @Test
    void withinOneProcessNothingIsSimplerThanQueues() {
        assertEquals(
                "inproc",
                choose(Map.of(Question.REACH, "process")).ranked().get(0).scheme());
    }

    @Test
    void whatMustReachTheNetworkWithOthersListeningIsEncrypted() {
        Choice choice = choose(Map.of(Question.REACH, "network", Question.TRUST, "others"));

        assertEquals(List.of("tls"), schemes(choice));
        assertTrue(refusal(choice, "tcp").contains("not encrypted"));
        assertTrue(refusal(choice, "uds").contains("on one machine"));
    }

    @Test
    void whatMustSurviveARestartIsKeptUntilItIsRead() {
        Choice choice = choose(Map.of(Question.SURVIVE, "yes"));

        assertTrue(schemes(choice).contains("jsonfile"), choice::toString);
        assertTrue(refusal(choice, "uds").contains("end with the connection"));
    }

    @Test
    void aTopicIsNoMatterForConnections() {
        Choice choice = choose(Map.of(Question.TOPIC, "yes"));

        assertTrue(schemes(choice).contains("redis-stream"), choice::toString);
        assertTrue(refusal(choice, "shm").contains("one receiver"));
    }

    @Test
    void anyNumberOfSystemsLeavesOutWhatIsOfLinuxOnly() {
        assertTrue(refusal(choose(Map.of(Question.OS, "any")), "shm").contains("every common system"));
    }

    @Test
    void aLargerMessageThanUsualGoesIntoTheAddress() {
        Candidate uds = candidate(choose(Map.of(Question.SIZE, "64MiB")), "uds");

        assertEquals("uds://hello?max-message=" + (64 << 20), uds.uri());
        assertTrue(refusal(choose(Map.of(Question.SIZE, "64MiB")), "signal").contains("65536"));
    }

    @Test
    void whatOtherLanguagesFindEasyComesFirstWhateverTheCosts() {
        Choice choice = choose(
                Map.of(Question.LANGUAGES, "python,c"),
                row -> Optional.of(new Cost(row.equals("shm") ? 1 : 1000, 1, 1)));

        assertTrue(choice.byMeasurement());
        assertTrue(schemes(choice).indexOf("uds") < schemes(choice).indexOf("shm"), choice::toString);
        assertTrue(candidate(choice, "uds").reasons().toString().contains("python, c"));
    }

    @Test
    void whatIsMeasuredDecidesAndTheNeedSaysWhichFigure() {
        Costs costs = row -> switch (row) {
            case "tcp" -> Optional.of(new Cost(10, 1e6, 900));
            case "pipe" -> Optional.of(new Cost(20, 1e6, 100));
            default -> Optional.of(new Cost(500, 10, 5000));
        };

        assertEquals("tcp", schemes(choose(Map.of(), costs)).get(0));
        assertEquals(
                "pipe", schemes(choose(Map.of(Question.CPU, "scarce"), costs)).get(0));
        Choice fast = choose(Map.of(Question.RATE, "500k"), costs);
        assertEquals(List.of("tcp", "pipe"), schemes(fast));
        assertTrue(refusal(fast, "uds").contains("measured at 10"));
        assertTrue(candidate(fast, "tcp").reasons().contains("is measured at 2.00 times the rate"));
    }

    @Test
    void aSpareProcessorMaySpinAndTheVariantThatSpinsHasItsOwnRow() {
        Choice choice = choose(
                Map.of(Question.CPU, "spare"),
                row -> Optional.of(new Cost(row.equals("shm?wait=spin") ? 1 : 100, 1, 1)));

        assertEquals("shm://hello?wait=spin", choice.ranked().get(0).uri());
        assertEquals(1, schemes(choice).stream().filter("shm"::equals).count());
    }

    @Test
    void everyTransportIsEitherRankedOrRefused() {
        for (Reach reach : Reach.values()) {
            Choice choice = choose(Map.of(Question.REACH, reach.name().toLowerCase(Locale.ROOT)));
            assertEquals(
                    Transports.registry().mechanisms().size(),
                    choice.ranked().size() + choice.refused().size());
        }
    }

    private interface Costs extends Function<String, Optional<Cost>> {}

    private static Choice choose(Map<Question, String> answers) {
        return choose(answers, row -> Optional.empty());
    }

    private static Choice choose(Map<Question, String> answers, Costs costs) {
        return Choice.of(Needs.of(answers), Transports.registry(), costs);
    }

    private static List<String> schemes(Choice choice) {
        return choice.ranked().stream().map(Candidate::scheme).toList();
    }

    private static Candidate candidate(Choice choice, String scheme) {
        return choice.ranked().stream()
                .filter(candidate -> candidate.scheme().equals(scheme))
                .findFirst()
                .orElseThrow();
    }

    private static String refusal(Choice choice, String scheme) {
        return choice.refused().stream()
                .filter(candidate -> candidate.scheme().equals(scheme))
                .findFirst()
                .orElseThrow()
                .refusals()
                .toString();
    }
}
