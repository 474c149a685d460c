package org.ipckit.testkit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.testkit.Stage.Side;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Makes the stages of a test: one for each place of its far end and each side the test can take. */
final class Stages implements ArgumentsProvider {

    /** A configuration parameter of JUnit: the names of the placements to test in, all if it is not set. */
    static final String PLACEMENTS = "ipckit.placements";

    /**
     * A configuration parameter of JUnit: if it is true, a rule for both sides is tested from one side with the far end in
     * this JVM and from the other with the far end in another, instead of from both sides with either; which is which
     * differs from rule to rule.
     */
    static final String CROSSED = "ipckit.crossed";

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        TransportContract contract = (TransportContract) context.getRequiredTestInstance();
        Method method = context.getRequiredTestMethod();
        ContractTest test = method.getAnnotation(ContractTest.class);
        String wanted = context.getConfigurationParameter(PLACEMENTS).orElse("");
        List<Placement> placements = Placement.all(
                        test.value(), contract.company().capabilities().reach())
                .stream()
                .filter(placement -> wanted.isEmpty() || wanted.contains(placement.name()))
                .toList();
        boolean crossed = context.getConfigurationParameter(CROSSED)
                        .map(Boolean::parseBoolean)
                        .orElse(false)
                && placements.contains(Placement.THIS_JVM)
                && placements.size() > 1;
        Side withinThisJvm =
                !test.fromBothSides() || method.getName().hashCode() % 2 == 0 ? Side.ACCEPTS : Side.CONNECTS;
        List<Stage> stages = new ArrayList<>();
        for (Placement placement : placements) {
            for (Side side : test.fromBothSides() ? Side.values() : new Side[] {Side.CONNECTS}) {
                if (!crossed || (placement == Placement.THIS_JVM) == (side == withinThisJvm)) {
                    stages.add(new Stage(contract, placement, side));
                }
            }
        }
        return stages.stream().map(Arguments::of);
    }
}
