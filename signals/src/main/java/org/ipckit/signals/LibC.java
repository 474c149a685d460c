package org.ipckit.signals;

import jnr.constants.platform.Errno;
import org.ipckit.natives.CLibrary;

/** The calls of the C library that queued signals need. Addresses are those of {@link Memory}. */
final class LibC {

    static final CLibrary<Calls> LIBRARY = CLibrary.load(Calls.class, "queued signals");

    static final int EPERM = Errno.EPERM.intValue();
    static final int ESRCH = Errno.ESRCH.intValue();
    static final int EINTR = Errno.EINTR.intValue();
    static final int EAGAIN = Errno.EAGAIN.intValue();

    /** What is called. Public because the class that is generated from it lives elsewhere. */
    public interface Calls {
        /**
         * Not declared variadic, though it is: Linux passes numbers in the same way to both, and so declared, with at most
         * six arguments, a call costs a third and allocates nothing.
         */
        long syscall(long number, long first, long second, long third, long fourth);

        int pthread_sigmask(int how, long set, long before);

        int sigemptyset(long set);

        int sigaddset(long set, int signal);

        int sigaction(int signal, long action, long before);

        long signal(int signal, long handler);

        int signalfd(int descriptor, long set, int flags);

        int eventfd(int initial, int flags);

        int poll(long descriptors, long count, int timeoutMillis);

        long read(int descriptor, long into, long count);

        long write(int descriptor, long from, long count);

        int close(int descriptor);

        int kill(int process, int signal);

        int getrlimit(int resource, long limit);

        int __libc_current_sigrtmin();

        int __libc_current_sigrtmax();
    }

    private LibC() {}

    static Calls calls() {
        return LIBRARY.calls();
    }
}
