package org.ipckit.demos;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What every program of a pair needs and none of them teaches: a sentence where it fails, to be told each step when somebody
 * wants to watch, and pauses that can be shortened.
 *
 * <p>Two variables of the environment, which the programs in Python and C know too:
 *
 * <ul>
 *   <li>{@code DEMO_SLOW=1}: each step is told on standard error, and takes a second;
 *   <li>{@code DEMO_HURRY=20}: pauses are only a twentieth as long.
 * </ul>
 */
public final class Lesson {

    private static final boolean SLOW = System.getenv("DEMO_SLOW") != null;
    private static final double HURRY = Double.parseDouble(System.getenv().getOrDefault("DEMO_HURRY", "1"));

    private Lesson() {}

    /** Makes whatever ends this program a sentence on standard error that begins with this name. */
    public static void of(String name) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failed) ->
                System.err.println(name + ": " + (failed.getMessage() == null ? failed : failed.getMessage())));
    }

    /** Tells a step that the system takes, if somebody wants to watch. */
    public static void step(String format, Object... arguments) {
        if (SLOW) {
            System.err.println("  . " + String.format(Locale.ROOT, format, arguments));
            pause(Duration.ofSeconds(1));
        }
    }

    /** Sleeps. */
    public static void pause(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(shortened(pause).toNanos());
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException("somebody has interrupted a pause", nobodyDoesThat);
        }
    }

    /** Returns a pause, or a part of it when there is no time. */
    public static Duration shortened(Duration pause) {
        return Duration.ofNanos((long) (pause.toNanos() / HURRY));
    }

    /** Runs this when the program ends in whatever way but {@code kill -9}: Ctrl+C and SIGTERM too. */
    public static void atEnd(Runnable cleanUp) {
        Runtime.getRuntime().addShutdownHook(new Thread(cleanUp, "clean-up"));
    }
}
