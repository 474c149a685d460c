package org.ipckit.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.Variadic;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Test;

/**
 * jnr-ffi on x86_64 loses the last argument of a call that has exactly six, all of them numbers, unless it is declared
 * variadic.
 */
class LibCTest {

    private static final int GET_NO_NEW_PRIVILEGES = 39;
    private static final Map<String, Long> PRCTL = Map.of("amd64", 157L, "aarch64", 167L);

    /** Public because the class that is generated from it lives elsewhere. */
    public interface SixNumbers {
        @Variadic(fixedCount = 1)
        long syscall(long number, long a, long b, long c, long d, long e);
    }

    @Test
    void aVariadicCallOfSixNumbersKeepsThemAll() {
        Long prctl = PRCTL.get(System.getProperty("os.arch"));
        Required.that(prctl != null, "the number of prctl is not known for " + System.getProperty("os.arch"));
        SixNumbers libc = LibraryLoader.create(SixNumbers.class).load("c");

        // This call is refused with EINVAL unless its last four arguments are zero.
        assertEquals(0, libc.syscall(prctl, GET_NO_NEW_PRIVILEGES, 0, 0, 0, 0));
        assertEquals(-1, libc.syscall(prctl, GET_NO_NEW_PRIVILEGES, 0, 0, 0, 1));
    }

    @Test
    void noCallOfOursHasSixNumbersWithoutBeingVariadic() {
        for (Method call : LibC.Calls.class.getMethods()) {
            boolean sixNumbers = call.getParameterCount() == 6
                    && Arrays.stream(call.getParameterTypes()).allMatch(Class::isPrimitive);
            assertTrue(!sixNumbers || call.isAnnotationPresent(Variadic.class), () -> call + " loses an argument");
        }
    }
}
