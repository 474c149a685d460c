package org.ipckit.conformance.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ipckit.testkit.Promise;
import org.ipckit.testkit.Rule;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs the whole kit against a transport that breaks a rule, and says what failed. */
final class KitRun {

    /** These show only when the far end's process can be killed or stopped. */
    static final Set<Rule> SEEN_ACROSS_JVMS = EnumSet.of(Rule.CRASH, Rule.PAUSE);

    private static final Map<String, String> QUICKLY = Map.of("ipckit.patience", "5", "ipckit.rounds", "20");

    /** Where nothing is broken, nobody waits in vain, and all must pass on a busy machine too. */
    private static final Map<String, String> PATIENTLY = Map.of("ipckit.patience", "60", "ipckit.rounds", "20");

    /** Only failures are looked for, and most of them are waits for what never comes. */
    private static final Map<String, String> IMPATIENTLY = Map.of("ipckit.patience", "2", "ipckit.rounds", "20");

    private KitRun() {}

    static Stream<Rule> rules() {
        // Where there are no virtual threads, a transport can do nothing wrong to them.
        return Stream.of(Rule.values())
                .filter(rule -> rule != Rule.VIRTUAL || Runtime.version().feature() >= 21);
    }

    /** Asserts that tests of the rule that is broken fail, without looking at those of other rules. */
    static void assertFinds(Rule broken, String placements) {
        assertFailures(broken, placements, IMPATIENTLY, test -> FilterResult.includedIf(!isOfAnother(broken, test)));
    }

    /** Asserts that the rule that is broken, or none, is the only one whose tests fail. */
    static void assertFindsOnly(Rule broken, String placements) {
        Map<String, String> settings = broken == null ? PATIENTLY : QUICKLY;
        assertFailures(broken, placements, settings, test -> FilterResult.included("the whole kit"));
    }

    private static boolean isOfAnother(Rule rule, TestDescriptor test) {
        return test.getSource().orElse(null) instanceof MethodSource method && ruleOf(method) != rule;
    }

    private static void assertFailures(
            Rule broken, String placements, Map<String, String> settings, PostDiscoveryFilter filter) {
        Map<Rule, List<String>> failures = failures(broken, placements, settings, filter);
        assertEquals(
                broken == null ? Set.of() : Set.of(broken),
                failures.keySet(),
                () -> "broken was " + broken + ", failed have " + failures);
    }

    private static Map<Rule, List<String>> failures(
            Rule broken, String placements, Map<String, String> settings, PostDiscoveryFilter filter) {
        Map<String, String> before = new HashMap<>();
        settings.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            return run(broken, placements, filter);
        } finally {
            System.clearProperty(BrokenContract.PROPERTY);
            settings.keySet().forEach(System::clearProperty);
            before.values().removeIf(Objects::isNull);
            before.forEach(System::setProperty);
        }
    }

    /** Returns the tests that failed, by rule. */
    private static Map<Rule, List<String>> run(Rule broken, String placements, PostDiscoveryFilter filter) {
        if (broken != null) {
            System.setProperty(BrokenContract.PROPERTY, broken.name());
        }
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(BrokenContract.class))
                .filters(TagFilter.excludeTags("long"), filter)
                .configurationParameter("ipckit.placements", placements)
                .configurationParameter("ipckit.crossed", "false")
                .execute();
        assertEquals(0, results.containerEvents().failed().count(), "failures outside of tests");
        assertEquals(0, results.testEvents().skipped().count(), "skipped tests");
        Map<Rule, List<String>> failures = new TreeMap<>();
        results.testEvents().failed().stream()
                .forEach(event -> failures.merge(ruleOf(source(event)), List.of(words(event)), KitRun::joined));
        return failures;
    }

    private static Rule ruleOf(MethodSource test) {
        return test.getJavaMethod()
                .getDeclaringClass()
                .getAnnotation(Promise.class)
                .value();
    }

    private static MethodSource source(Event failed) {
        return (MethodSource) failed.getTestDescriptor().getSource().orElseThrow();
    }

    private static String words(Event failed) {
        String why = failed.getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable)
                .map(Throwable::getMessage)
                .orElse("");
        return source(failed).getMethodName() + ", "
                + failed.getTestDescriptor().getDisplayName() + ": "
                + why.lines().findFirst().orElse("");
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
