package org.ipckit.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Waits;

/** Accepts clients and gives each a thread, until it is told to stop. One thread runs it; any thread stops it. */
final class Listening {

    /** Closing a connection takes a second when the client does not take its last words. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Main main;
    private final Listener listener;
    private final Tally tally;
    private final boolean echo;
    private final Set<Thread> clients = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopping;
    private int clientNumber;

    Listening(Main main, Listener listener, Tally tally, boolean echo) {
        this.main = main;
        this.listener = listener;
        this.tally = tally;
        this.echo = echo;
    }

    /**
     * Accepts clients until {@link #stop}, or until no message has come for that long.
     *
     * @param timeout the longest time in which nothing comes
     * @return false if the time was over
     */
    boolean run(Duration timeout) throws InterruptedException {
        try {
            boolean stopped = acceptAll(timeout);
            listener.close();
            return stopped;
        } finally {
            partWithClients();
            over.countDown();
            throwFailure();
        }
    }

    private boolean acceptAll(Duration timeout) {
        try {
            while (true) {
                Duration left = timeout.equals(Waits.FOREVER) ? timeout : tally.left(timeout);
                if (left.isNegative() || left.isZero()) {
                    return false;
                }
                Optional<Connection> connection = listener.accept(left);
                connection.ifPresent(this::welcome);
            }
        } catch (ConnectionClosedException closed) {
            if (closed.by() == By.THIS_SIDE && stopping) {
                return true;
            }
            throw closed;
        }
    }

    private void welcome(Connection connection) {
        clientNumber++;
        Client client = new Client(clientNumber, connection, main, tally, echo);
        Thread thread = new Thread(() -> serve(client), "ipckit-client " + clientNumber);
        thread.setDaemon(true);
        clients.add(thread);
        thread.start();
    }

    private void serve(Client client) {
        try {
            if (client.serve()) {
                stop();
            }
        } catch (RuntimeException | Error unforeseen) {
            failure.compareAndSet(null, unforeseen);
            stop();
        } finally {
            clients.remove(Thread.currentThread());
        }
    }

    /** Makes {@link #run} return. */
    void stop() {
        stopping = true;
        listener.close();
    }

    /** Makes {@link #run} return and waits until it has parted with the clients. */
    void stopAndWait() {
        stop();
        try {
            over.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each thread closes its own connection, so that all say their last words at the same time. */
    private void partWithClients() throws InterruptedException {
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        clients.forEach(Thread::interrupt);
        for (Thread client : clients) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            client.join(Math.max(1, millis));
        }
    }

    private void throwFailure() {
        if (failure.get() instanceof RuntimeException unforeseen) {
            throw unforeseen;
        }
        if (failure.get() instanceof Error unforeseen) {
            throw unforeseen;
        }
    }
}
