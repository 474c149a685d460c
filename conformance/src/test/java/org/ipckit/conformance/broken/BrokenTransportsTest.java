package org.ipckit.conformance.broken;

import java.util.stream.Stream;
import org.ipckit.testkit.Rule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit itself is tested: it finds what is broken and, which takes long to show, blames nothing else. */
class BrokenTransportsTest {

    static Stream<Rule> rules() {
        return KitRun.rules();
    }

    static Stream<Rule> rulesSeenInOneJvm() {
        return rules().filter(rule -> !KitRun.SEEN_ACROSS_JVMS.contains(rule));
    }

    @Test
    void aTransportThatKeepsAllRulesPasses() {
        KitRun.assertFindsOnly(null, "THIS_JVM");
    }

    @ParameterizedTest
    @MethodSource("rulesSeenInOneJvm")
    void theRuleThatIsBrokenFails(Rule rule) {
        KitRun.assertFinds(rule, "THIS_JVM");
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("rules")
    void theRuleThatIsBrokenIsTheOneThatFailsInEveryPlacement(Rule rule) {
        KitRun.assertFindsOnly(rule, "THIS_JVM OTHER_JVM OTHER_JDK");
    }
}
