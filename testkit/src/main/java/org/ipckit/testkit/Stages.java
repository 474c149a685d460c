package org.ipckit.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Makes the stages of a test: one for each place of its far end and each side the test can take. */
final class Stages implements ArgumentsProvider {

    /** A configuration parameter of JUnit: the names of the placements to test in, all if it is not set. */
    static final String PLACEMENTS = "ipckit.placements";

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        TransportContract contract = (TransportContract) context.getRequiredTestInstance();
        ContractTest test = context.getRequiredTestMethod().getAnnotation(ContractTest.class);
        String wanted = context.getConfigurationParameter(PLACEMENTS).orElse("");
        List<Stage> stages = new ArrayList<>();
        for (Placement placement :
                Placement.all(test.value(), contract.company().capabilities().reach())) {
            if (wanted.isEmpty() || wanted.contains(placement.name())) {
                stages.add(new Stage(contract, placement, Stage.Side.CONNECTS));
                if (test.fromBothSides()) {
                    stages.add(new Stage(contract, placement, Stage.Side.ACCEPTS));
                }
            }
        }
        return stages.stream().map(Arguments::of);
    }
}
