package org.ipckit.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test of the contract: runs on a {@link Stage} for each placement of the far end that it names. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest(name = "{0}", autoCloseArguments = false, allowZeroInvocations = true)
@ArgumentsSource(Stages.class)
@interface ContractTest {

    /** Where the far end may be. */
    Where value() default Where.EVERYWHERE;

    /** Whether it runs twice in each placement: once as the side that connects and once as the side that accepts. */
    boolean fromBothSides() default true;
}
