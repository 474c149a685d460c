package org.ipckit.testkit;

import java.lang.reflect.Method;

/** Virtual threads where the JDK has them, else ordinary ones: the promise is the same. */
final class LightThreads {

    private static final Method START_VIRTUAL = find();

    private LightThreads() {}

    /** Returns whether the JDK has virtual threads. */
    static boolean areVirtual() {
        return START_VIRTUAL != null;
    }

    /** Returns how many of them run at a time. */
    static int carriers() {
        return Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    }

    static Thread start(Runnable task) {
        if (START_VIRTUAL == null) {
            Thread thread = new Thread(task, "light");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
        try {
            return (Thread) START_VIRTUAL.invoke(null, task);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private static Method find() {
        try {
            return Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException before21) {
            return null;
        }
    }
}
