package org.ipckit.natives;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.Variadic;

/**
 * The C library of Linux, as far as one interface declares its calls. Where they cannot be made it says why, and whoever
 * asked can do without or refuse. Loading takes longer than most programs run: keep it in a class that is initialized by
 * the first use. Thread-safe.
 *
 * @param <C> declares the calls, by the rules of jnr-ffi; it has to be public, and all it is nested in too, because the
 *     class that is generated from it lives elsewhere
 */
public final class CLibrary<C> {

    private static final int ARGUMENTS_THAT_LOSE_THE_LAST = 6;

    private final C calls;
    private final String reasonWhyNot;

    private CLibrary(C calls, String reasonWhyNot) {
        this.calls = calls;
        this.reasonWhyNot = reasonWhyNot;
    }

    /**
     * Loads the calls; a failure is kept for {@link #reasonWhyNot}.
     *
     * @param rules whose rules the calls are used by, for the reason: "locks that belong to a descriptor"
     * @throws IllegalArgumentException if a call would lose an argument: one of exactly six numbers that is not {@link
     *     Variadic} loses the last on x86_64
     */
    public static <C> CLibrary<C> load(Class<C> declared, String rules) {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return without(rules + " are used here as Linux has them, and this is " + system);
        }
        try {
            return new CLibrary<>(Loading.load(declared), "");
        } catch (NoClassDefFoundError missing) {
            return without("jnr-ffi is not on the class path: " + missing.getMessage());
        } catch (IllegalArgumentException wronglyDeclared) {
            throw wronglyDeclared;
        } catch (LinkageError | RuntimeException missing) {
            return without("the native part of jnr-ffi does not load here: " + missing);
        }
    }

    private static <C> CLibrary<C> without(String reason) {
        return new CLibrary<>(null, reason);
    }

    /** Returns why the calls cannot be made here; empty if they can. */
    public String reasonWhyNot() {
        return reasonWhyNot;
    }

    /**
     * Returns the calls.
     *
     * @throws IllegalStateException if they cannot be made here
     */
    public C calls() {
        if (calls == null) {
            throw new IllegalStateException(reasonWhyNot);
        }
        return calls;
    }

    /** Returns the error of the last call of this thread, as the C library numbers it. */
    public int errno() {
        return Loading.errno();
    }

    /** Returns where direct memory is; good as long as the buffer is reachable. */
    public static long addressOf(ByteBuffer direct) {
        return Loading.addressOf(direct);
    }

    /**
     * Returns the error of the last call of this thread, as the JDK would have thrown it.
     *
     * @param call what failed: "open"
     * @param where the file it was asked for
     */
    public IOException failure(String call, Object where) {
        return Loading.failure(call, where.toString());
    }

    /** What needs jnr-ffi to be there. */
    private static final class Loading {

        private static final jnr.ffi.Runtime RUNTIME = jnr.ffi.Runtime.getSystemRuntime();

        static <C> C load(Class<C> declared) {
            for (Method call : declared.getMethods()) {
                requireAllArguments(call);
            }
            C loaded = LibraryLoader.create(declared).load("c");
            // What load returns may throw its failure only when it is used.
            jnr.ffi.Runtime.getRuntime(loaded);
            return loaded;
        }

        private static void requireAllArguments(Method call) {
            if (call.getParameterCount() == ARGUMENTS_THAT_LOSE_THE_LAST
                    && Arrays.stream(call.getParameterTypes()).allMatch(Class::isPrimitive)
                    && !call.isAnnotationPresent(Variadic.class)) {
                throw new IllegalArgumentException(call + " loses its last argument: declare it variadic");
            }
        }

        static long addressOf(ByteBuffer direct) {
            return Pointer.wrap(RUNTIME, direct).address();
        }

        static int errno() {
            return LastError.getLastError(RUNTIME);
        }

        static IOException failure(String call, String where) {
            Errno error = Errno.valueOf(errno());
            return switch (error) {
                case ENOENT -> new NoSuchFileException(where);
                case EEXIST -> new FileAlreadyExistsException(where);
                case ELOOP -> new FileSystemLoopException(where);
                case EACCES, EPERM -> new AccessDeniedException(where, null, call + ": " + error.description());
                default ->
                    new IOException(call + " of " + where + ": " + error.description() + " (" + error.name() + ")");
            };
        }
    }
}
