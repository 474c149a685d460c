package org.ipckit.conformance.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ipckit.conformance.codec.BrokenCodec.Flaw;
import org.ipckit.testkit.CodecContract;
import org.ipckit.transport.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract of codecs is itself tested: each of its tests finds the flaw that it is there for. */
class BrokenCodecsTest {

    private static final String PROPERTY = "ipckit.broken.codec";

    /** The contract, held to the codec that the property names. */
    static class Contract extends CodecContract<ByteBuffer> {

        private final String flaw = System.getProperty(PROPERTY, "");
        private final Codec<ByteBuffer> codec = new BrokenCodec(flaw.isEmpty() ? null : Flaw.valueOf(flaw));

        @Override
        protected Codec<ByteBuffer> codec() {
            return codec;
        }

        @Override
        protected List<ByteBuffer> values() {
            return Stream.of(new byte[0], new byte[] {1, 2, 3}, new byte[300])
                    .map(ByteBuffer::wrap)
                    .toList();
        }
    }

    @Test
    void aCodecWithoutAFlawPasses() {
        assertEquals(Set.of(), failures(""));
    }

    @Test
    void everyTestOfTheContractHasItsFlaw() {
        Set<String> tests = Stream.of(CodecContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(tests, Stream.of(Flaw.values()).map(Flaw::test).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void theTestThatIsNamedForAFlawFindsIt(Flaw flaw) {
        Set<String> failures = failures(flaw.name());

        assertTrue(failures.contains(flaw.test()), () -> flaw + ", failed have " + failures);
    }

    private static Set<String> failures(String flaw) {
        System.setProperty(PROPERTY, flaw);
        try {
            EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(Contract.class))
                    .execute();
            assertEquals(0, results.containerEvents().failed().count(), "failures outside of tests");
            return results.testEvents().failed().stream()
                    .map(event ->
                            (MethodSource) event.getTestDescriptor().getSource().orElseThrow())
                    .map(MethodSource::getMethodName)
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            System.clearProperty(PROPERTY);
        }
    }
}
