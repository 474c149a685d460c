package org.ipckit.signals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.spi.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of this JVM that takes queued signals, begun by the first use. It alone blocks the signal, so that the
 * system queues what is directed at it; whatever is sent to another thread or to the process as a whole is ignored.
 *
 * <p>It empties the queue at once, into the ends that the values are for, and never waits for anybody. What has no end, or
 * does not come from the process at the other end, is thrown away.
 */
final class Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private static final int SIG_BLOCK = 0;
    private static final long SIG_IGN = 1;
    private static final int NONBLOCK_CLOEXEC = 04000 | 02000000;
    private static final int RLIMIT_SIGPENDING = 11;
    private static final int SET_BYTES = 128;
    private static final int ACTION_BYTES = 256;

    /** The C library keeps the first ones, and a debugger or a profiler may have chosen the next. */
    private static final int PREFERRED = 5;

    /** The JDK wakes threads that wait for sockets with it. */
    private static final int OF_THE_JDK_FROM_THE_LAST = 2;

    private static final int LEAST_WINDOW = 16;
    private static final int MOST_WINDOW = 256;

    private static final int RECORD = 128;
    private static final int RECORDS = 64;
    private static final int CODE_AT = 8;
    private static final int PID_AT = 12;
    private static final int VALUE_AT = 48;
    private static final int SI_QUEUE = -1;
    private static final int MOST_READS = 64;

    private static final short POLLIN = 1;
    private static final int SOON_MILLIS = 1;
    private static final int WATCH_MILLIS = 200;
    private static final int FOREVER = -1;
    private static final long REST_AFTER_FAILURE_NANOS = 50_000_000;

    private static Receiver running;

    private final int window;
    private final AtomicReferenceArray<Exchange> ends = new AtomicReferenceArray<>(ValueFormat.MOST_ENDS + 1);
    private final Queue<Exchange> requests = new ConcurrentLinkedQueue<>();
    private final List<Exchange> unsettled = new ArrayList<>();
    private final AtomicLong strays = new AtomicLong();
    private final CompletableFuture<ReceiverPlace> place = new CompletableFuture<>();
    private final Envelope envelope = new Envelope();
    private final Memory records = Memory.of(RECORD * RECORDS);
    private final Memory polled = Memory.of(16);
    private final Memory one = Memory.of(8);
    private final Memory counter = Memory.of(8);
    private int values;
    private volatile int nudges;
    private int lastEnd;

    private Receiver() throws IOException {
        this.window = window(queueLimit());
    }

    /** Returns the receiver of this JVM. */
    static synchronized Receiver ofThisJvm() throws IOException {
        if (running == null) {
            Receiver receiver = new Receiver();
            Daemons.thread("signals", receiver::run).start();
            try {
                receiver.place.join();
            } catch (CompletionException failed) {
                throw new IOException("queued signals cannot be received: " + failed.getCause(), failed.getCause());
            }
            running = receiver;
        }
        return running;
    }

    /** Returns how many signals may be queued for all processes of this user together. */
    static long queueLimit() {
        Memory limit = Memory.of(16);
        LibC.calls().getrlimit(RLIMIT_SIGPENDING, limit.address());
        long soft = limit.bytes().getLong(0);
        return soft < 0 ? Long.MAX_VALUE : soft;
    }

    /** All ends of this process together may have half of the queue at most, for other processes have some as well. */
    static int window(long queueLimit) {
        return (int) Math.max(LEAST_WINDOW, Math.min(MOST_WINDOW, queueLimit / (2 * (ValueFormat.MOST_ENDS + 1))));
    }

    /** Returns where this process takes values. */
    ReceiverPlace place() {
        return place.join();
    }

    /** Returns how many values of data may be on their way to one end. */
    int window() {
        return window;
    }

    /** Returns how many values were thrown away. */
    long strays() {
        return strays.get();
    }

    // ---------------------------------------------------------------- the ends

    /**
     * Opens an end.
     *
     * @return null if all numbers are taken
     */
    Exchange open(int maxMessageBytes) throws IOException {
        synchronized (ends) {
            // In turn, so that a number rests before it is used again.
            for (int tried = 0; tried < ValueFormat.MOST_ENDS; tried++) {
                lastEnd = lastEnd % ValueFormat.MOST_ENDS + 1;
                if (ends.get(lastEnd) == null) {
                    Exchange exchange = new Exchange(this, lastEnd, maxMessageBytes);
                    ends.set(lastEnd, exchange);
                    return exchange;
                }
            }
            return null;
        }
    }

    /** Returns how many numbers are taken. */
    int openEnds() {
        int count = 0;
        for (int end = 1; end <= ValueFormat.MOST_ENDS; end++) {
            count += ends.get(end) == null ? 0 : 1;
        }
        return count;
    }

    /** Makes the thread look at an end. */
    void request(Exchange exchange) {
        requests.add(exchange);
        LibC.calls().write(nudges, one.address(), Long.BYTES);
    }

    // ---------------------------------------------------------------- the thread

    private void run() {
        try {
            place.complete(begin());
        } catch (IOException | RuntimeException refused) {
            place.completeExceptionally(refused);
            return;
        }
        while (true) {
            try {
                for (Exchange asks = requests.poll(); asks != null; asks = requests.poll()) {
                    list(asks);
                }
                sleep(settleAll(drain()));
            } catch (IOException | RuntimeException failed) {
                LOG.warn("receiving signals: {}; it goes on", failed.toString());
                LockSupport.parkNanos(REST_AFTER_FAILURE_NANOS);
            }
        }
    }

    /** Blocked first, ignored for all others next, told to anybody last: until then one could end this process. */
    private ReceiverPlace begin() throws IOException {
        LibC.Calls c = LibC.calls();
        int signal = freeSignal();
        Memory set = Memory.of(SET_BYTES);
        c.sigemptyset(set.address());
        c.sigaddset(set.address(), signal);
        int refused = c.pthread_sigmask(SIG_BLOCK, set.address(), 0);
        if (refused != 0) {
            throw new IOException("signal " + signal + " cannot be blocked: error " + refused);
        }
        c.signal(signal, SIG_IGN);
        values = c.signalfd(-1, set.address(), NONBLOCK_CLOEXEC);
        if (values < 0) {
            throw LibC.LIBRARY.failure("signalfd", "signal " + signal);
        }
        nudges = c.eventfd(0, NONBLOCK_CLOEXEC);
        if (nudges < 0) {
            throw LibC.LIBRARY.failure("eventfd", "signal " + signal);
        }
        one.bytes().putLong(0, 1);
        polled.bytes().putInt(0, values).putShort(4, POLLIN);
        polled.bytes().putInt(8, nudges).putShort(12, POLLIN);
        String thread = Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString();
        return new ReceiverPlace(ProcessIdentity.current(), Integer.parseInt(thread), signal);
    }

    /** Returns a signal that nobody in this process handles. */
    private static int freeSignal() throws IOException {
        int first = LibC.calls().__libc_current_sigrtmin();
        int last = LibC.calls().__libc_current_sigrtmax();
        for (int signal = first + PREFERRED; signal < last - OF_THE_JDK_FROM_THE_LAST; signal++) {
            Memory action = Memory.of(ACTION_BYTES);
            boolean known = LibC.calls().sigaction(signal, 0, action.address()) == 0;
            long handler = action.bytes().getLong(0);
            if (known && handler >= 0 && handler <= SIG_IGN) {
                return signal;
            }
        }
        throw new IOException("other libraries in this process handle all real-time signals");
    }

    private void list(Exchange exchange) {
        if (exchange.list()) {
            unsettled.add(exchange);
        }
    }

    /** Takes what has come; returns true when the queue was seen empty. */
    private boolean drain() throws IOException {
        for (int reads = 0; reads < MOST_READS; reads++) {
            long bytes = LibC.calls().read(values, records.address(), (long) RECORD * RECORDS);
            if (bytes < 0) {
                int error = LibC.LIBRARY.errno();
                if (error == LibC.EAGAIN) {
                    return true;
                }
                if (error != LibC.EINTR) {
                    throw LibC.LIBRARY.failure("read", "the queue of signals");
                }
            }
            for (int at = 0; at < bytes; at += RECORD) {
                dispatch(records.bytes(), at);
            }
            unsettled.forEach(Exchange::deliver);
            if (bytes < (long) RECORD * RECORDS) {
                return true;
            }
        }
        return false;
    }

    private void dispatch(ByteBuffer record, int at) {
        long value = record.getLong(at + VALUE_AT);
        Exchange exchange = ends.get(ValueFormat.end(value));
        // The pid is what the sender says, and the kernel has checked only that it is of our user or root.
        if (exchange == null
                || record.getInt(at + CODE_AT) != SI_QUEUE
                || !exchange.take(value, record.getInt(at + PID_AT))) {
            strays.incrementAndGet();
            return;
        }
        list(exchange);
    }

    /**
     * Does what is to be done for those that something has happened to; returns how many milliseconds to sleep.
     *
     * @param empty whether the queue was seen empty after the last request
     */
    private int settleAll(boolean empty) {
        int wait = empty ? FOREVER : 0;
        for (int i = unsettled.size() - 1; i >= 0; i--) {
            Exchange exchange = unsettled.get(i);
            switch (settle(exchange, empty)) {
                case SOON -> wait = wait == 0 ? 0 : SOON_MILLIS;
                case WATCH -> wait = wait == FOREVER ? WATCH_MILLIS : wait;
                case NOTHING -> {
                    unsettled.remove(i);
                    exchange.unlist();
                }
                case OVER -> {
                    unsettled.remove(i);
                    ends.set(exchange.end(), null);
                    exchange.free();
                }
            }
        }
        return wait;
    }

    private Exchange.Rest settle(Exchange exchange, boolean empty) {
        try {
            return exchange.settle(empty, envelope);
        } catch (IOException | RuntimeException refused) {
            LOG.warn("sending signals: {}; nothing more is sent to that peer", refused.toString());
            exchange.giveUp();
            return Exchange.Rest.SOON;
        }
    }

    private void sleep(int millis) throws IOException {
        if (millis == 0 || !requests.isEmpty()) {
            return;
        }
        int ready = LibC.calls().poll(polled.address(), 2, millis);
        if (ready == 0 && millis == WATCH_MILLIS) {
            for (Exchange exchange : unsettled) {
                exchange.watch(envelope);
            }
        }
        if (ready > 0 && polled.bytes().getShort(14) != 0) {
            LibC.calls().read(nudges, counter.address(), Long.BYTES);
        }
    }
}
