package org.ipckit.transport.spi;

import static java.time.Duration.ofSeconds;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Ending.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Where leases of a test begin, and what the test opens there: all of it ends with the test. */
abstract class LeaseFixture {

    @TempDir
    Path folder;

    final Workers workers = new Workers();
    final List<AutoCloseable> open = new ArrayList<>();
    final BlockingQueue<Lease> leases = new LinkedBlockingQueue<>();
    final AtomicInteger prepared = new AtomicInteger();
    Path file;
    Address address;

    @BeforeEach
    void names() {
        file = folder.resolve("s");
        address = Address.parse("test://" + file);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        workers.close();
        eventually("no lease is watched over", () -> LeaseWatch.size() == 0);
    }

    <T extends AutoCloseable> T using(T resource) {
        open.add(resource);
        return resource;
    }

    /** Answers with what it was told; what it makes of a lease is a connection that only holds it. */
    LeaseListener listen() {
        return using(LeaseListener.listen(address, file, this::welcome));
    }

    LeaseListener.Welcome welcome(Message hello) {
        if (hello.equals(Message.utf8("go away"))) {
            throw new AccessDeniedException("we are full");
        }
        prepared.incrementAndGet();
        return new LeaseListener.Welcome() {
            @Override
            public Message answer() {
                return Message.utf8("you said " + hello.toUtf8());
            }

            @Override
            public Connection connection(Lease lease) {
                leases.add(lease);
                return new DuplexConnection(
                        address,
                        Capabilities.reliable(1),
                        WaitStrategy.BLOCK,
                        new ScriptedOutbox(),
                        new ThreadSleeper(),
                        new ScriptedInbox(),
                        new ThreadSleeper(),
                        () -> {
                            lease.close();
                            prepared.decrementAndGet();
                        },
                        lease.peer());
            }

            @Override
            public void close() {
                prepared.decrementAndGet();
            }
        };
    }

    Lease connect(String hello) {
        return using(Lease.connect(address, file, Message.utf8(hello), ofSeconds(30)));
    }

    Lease accept(Listener listener) throws InterruptedException {
        using(listener.accept());
        return leases.take();
    }

    long files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.count();
        }
    }

    /** Waits for the end of the peer, and returns its kind. */
    static Kind kind(Lease lease) throws Exception {
        eventually("the peer is gone", lease::peerGone);
        return lease.ending().orElseThrow().kind();
    }

    /** Starts one that sleeps until it is rung. */
    Future<?> sleep(Lease lease) {
        ThreadSleeper sleeper = new ThreadSleeper();
        lease.wakes(sleeper);
        sleeper.sleep(Long.MAX_VALUE);
        return workers.start(() -> sleeper.sleep(Long.MAX_VALUE));
    }

    /** Starts another process, which has connected. */
    Forked fork() throws IOException {
        Forked other = using(Forked.java(LeaseMain.class, file.toString(), "hello"));
        assertEquals("answer you said hello", other.hear());
        return other;
    }

    /** Lets another process do it. */
    static void tell(Forked other, String what) throws IOException {
        other.say(what);
        assertEquals("done", other.hear());
    }
}
