package org.ipckit.conformance.broken;

import java.util.stream.Stream;
import org.ipckit.testkit.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link BrokenTransportsTest}, for the rules about a far end whose process is killed or stopped. */
class BrokenProcessesTest {

    static Stream<Rule> rulesSeenAcrossJvms() {
        return KitRun.SEEN_ACROSS_JVMS.stream();
    }

    @ParameterizedTest
    @MethodSource("rulesSeenAcrossJvms")
    void theRuleThatIsBrokenAcrossJvmsFails(Rule rule) {
        KitRun.assertFinds(rule, "OTHER_JVM");
    }
}
