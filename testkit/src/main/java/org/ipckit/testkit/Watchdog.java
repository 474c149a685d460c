package org.ipckit.testkit;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test in a thread of its own and fails it with a dump of all threads when it does not end: a call that hangs
 * is what the kit looks for, so no test may hang with it.
 */
final class Watchdog implements InvocationInterceptor {

    private static final long PATIENCES = 4;
    private static final long PATIENCES_OF_LONG_TESTS = 30;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watch(invocation, method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watch(invocation, method, context);
    }

    private static void watch(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread test = new Thread(
                () -> {
                    try {
                        runAndLeave(invocation, method);
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                },
                "test " + context.getRequiredTestMethod().getName());
        test.setDaemon(true);
        test.start();
        long millis = Eventually.patience().toMillis()
                * (context.getTags().contains("long") ? PATIENCES_OF_LONG_TESTS : PATIENCES);
        test.join(millis);
        if (test.isAlive()) {
            AssertionError hung =
                    new AssertionError("the test has not ended within " + millis / 1000 + " s\n" + dump());
            hung.setStackTrace(test.getStackTrace());
            test.interrupt();
            throw hung;
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** The stage is left in the same thread, for leaving it calls close, which might hang as well. */
    private static void runAndLeave(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method)
            throws Throwable {
        Throwable failure = null;
        try {
            invocation.proceed();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        // What a test left in the flag must not end the closing.
        Thread.interrupted();
        for (Object argument : method.getArguments()) {
            if (argument instanceof Stage stage) {
                failure = leave(stage, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static Throwable leave(Stage stage, Throwable failure) {
        try {
            stage.close();
            return failure;
        } catch (RuntimeException | Error thrown) {
            if (failure == null) {
                return thrown;
            }
            failure.addSuppressed(thrown);
            return failure;
        }
    }

    private static String dump() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = each.getKey();
            text.append("\n\"").append(thread.getName()).append("\" ").append(thread.getState());
            for (StackTraceElement frame : each.getValue()) {
                text.append("\n    at ").append(frame);
            }
        }
        return text.toString();
    }
}
