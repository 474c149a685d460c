package org.ipckit.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Puts the broken rule at the beginning of a test's failure. */
final class RuleNaming implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Promise promise = context.getRequiredTestMethod().getDeclaringClass().getAnnotation(Promise.class);
        if (promise == null || failure instanceof TestAbortedException) {
            throw failure;
        }
        Rule rule = promise.value();
        throw new AssertionError("rule '" + rule + "' (" + rule.text() + "): " + failure, failure);
    }
}
