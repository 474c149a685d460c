package org.ipckit.signals;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * The JDK's own way to signals, {@code sun.misc.Signal}, which every JDK has and none documents. By reflection, because a
 * compiler warns of it whatever it is told. Nothing else knows the names in it.
 */
final class VmSignals {

    private VmSignals() {}

    /** What handled a signal before; given back to {@link #restore}. */
    record Handler(Object handler) {}

    /**
     * Returns the number of a signal.
     *
     * @throws IllegalArgumentException if the system has none of that name, without SIG
     */
    static int number(String name) {
        return (int) invoke(Api.NUMBER, signal(name));
    }

    /**
     * Runs this at each signal from now on, with its number, on a thread that the JVM makes for it.
     *
     * @throws IllegalArgumentException if the JVM or the system does not let anybody take it
     */
    static Handler handle(String name, IntConsumer action) {
        Object handler = Proxy.newProxyInstance(
                VmSignals.class.getClassLoader(), new Class<?>[] {Api.HANDLER}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "handle" -> {
                            action.accept((int) invoke(Api.NUMBER, arguments[0]));
                            yield null;
                        }
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "the handler of SIG" + name;
                    };
                });
        return new Handler(invoke(Api.HANDLE, null, signal(name), handler));
    }

    /** Lets the signal be handled as before. */
    static void restore(String name, Handler before) {
        invoke(Api.HANDLE, null, signal(name), before.handler());
    }

    /** Sends the signal to this process. */
    static void raise(String name) {
        invoke(Api.RAISE, null, signal(name));
    }

    private static Object signal(String name) {
        try {
            return Api.SIGNAL.getConstructor(String.class).newInstance(name);
        } catch (InvocationTargetException refused) {
            throw asItIs(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("sun.misc.Signal is not as every JDK has it", impossible);
        }
    }

    private static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException refused) {
            throw asItIs(refused);
        } catch (IllegalAccessException impossible) {
            throw new LinkageError("sun.misc.Signal is not as every JDK has it", impossible);
        }
    }

    private static RuntimeException asItIs(InvocationTargetException refused) {
        return refused.getCause() instanceof RuntimeException asItIs
                ? asItIs
                : new IllegalStateException(refused.getCause());
    }

    private static final class Api {

        static final Class<?> SIGNAL;
        static final Class<?> HANDLER;
        static final Method NUMBER;
        static final Method HANDLE;
        static final Method RAISE;

        static {
            try {
                SIGNAL = Class.forName("sun.misc.Signal");
                HANDLER = Class.forName("sun.misc.SignalHandler");
                NUMBER = SIGNAL.getMethod("getNumber");
                HANDLE = SIGNAL.getMethod("handle", SIGNAL, HANDLER);
                RAISE = SIGNAL.getMethod("raise", SIGNAL);
            } catch (ReflectiveOperationException missing) {
                throw new ExceptionInInitializerError(missing);
            }
        }
    }
}
