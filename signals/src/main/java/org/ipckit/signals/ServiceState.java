package org.ipckit.signals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.signals.Signals.SignalHandling;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.MechanismException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a service is up, told to all processes of a {@link PidDirectory} by signals: one signal when it comes up, another
 * when it goes down.
 *
 * <p>The state itself is in the file {@code state} of the directory; a signal only says that it is time to look. So none is
 * lost when signals come in quick succession and become one, or before a process has entered, and one that somebody else
 * sends changes nothing. Where there is no such file, because the service is a program in another language, its signals are
 * taken at their word.
 *
 * <pre>{@code
 * try (ServiceState.Publisher up = service.publish()) {                      // the service
 *     ...
 * }
 * try (ServiceState.Observer seen = service.observe(change -> ...)) {        // its clients
 *     if (seen.isRunning()) ...
 * }
 * }</pre>
 *
 * <p>An immutable value.
 *
 * @param directory the processes that are told
 * @param up the signal that says that the service is up, without SIG
 * @param down the signal that says that it is down
 */
public record ServiceState(PidDirectory directory, String up, String down) {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceState.class);

    private static final String FILE = PidDirectory.STATE;
    private static final Pattern LEVEL =
            Pattern.compile("(running|stopped) (\\d{1,18}) pid (\\d{1,9}) start (\\d{1,18})\n");

    public ServiceState {
        Objects.requireNonNull(directory, "directory");
        up = Signals.plain(up);
        down = Signals.plain(down);
        if (up.equals(down)) {
            throw new IllegalArgumentException("SIG" + up + " cannot say both up and down");
        }
    }

    /** Returns the state of a service by {@code USR1} and {@code WINCH}, for {@code USR2} belongs to the JVM. */
    public static ServiceState of(PidDirectory directory) {
        return new ServiceState(directory, "USR1", "WINCH");
    }

    /**
     * A change of the state.
     *
     * @param running whether the service is up now
     * @param number how often it has changed until now; what was missed in between shows here
     */
    public record Change(boolean running, long number) {}

    /** What the file says: how it is, the how manieth change that is, and who says so. */
    private record Level(boolean running, long number, ProcessIdentity publisher) {

        private Change change() {
            return new Change(running, number);
        }

        private String text() {
            return (running ? "running " : "stopped ") + number + " pid " + publisher.pid() + " start "
                    + publisher.startTicks() + "\n";
        }
    }

    private Path file() {
        return directory.folder().resolve(FILE);
    }

    /** Returns what the file says; empty if there is none, or not one of ours. */
    private Optional<Level> level() {
        try {
            Matcher words = LEVEL.matcher(ProcessIdentity.read(file().toString()));
            return words.matches()
                    ? Optional.of(new Level(
                            words.group(1).equals("running"),
                            Long.parseLong(words.group(2)),
                            new ProcessIdentity(Long.parseLong(words.group(3)), Long.parseLong(words.group(4)))))
                    : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------- the service

    /**
     * Says that the service is up, until the publisher is closed.
     *
     * @throws AddressInUseException if another process that lives says so
     */
    public Publisher publish() {
        try {
            ProcessIdentity me = ProcessIdentity.current();
            Optional<Level> before = level();
            Optional<ProcessIdentity> other = before.filter(Level::running)
                    .map(Level::publisher)
                    .filter(process -> !process.equals(me) && process.isAlive());
            if (other.isPresent()) {
                throw new AddressInUseException("publish in " + directory.folder() + ": process "
                        + other.get().pid() + " is the service");
            }
            return new Publisher(me);
        } catch (IOException refused) {
            throw new MechanismException("publish in " + directory.folder() + ": " + refused.getMessage(), refused);
        }
    }

    /** Says whether the service is up. One thread at a time changes it. */
    public final class Publisher implements AutoCloseable {

        private final ProcessIdentity me;
        private SignalReport lastReport;
        private boolean closed;

        private Publisher(ProcessIdentity me) {
            this.me = me;
            set(true);
        }

        /**
         * Changes the state and tells everybody. Whoever looks from now on sees it.
         *
         * @return who was told
         */
        public synchronized SignalReport set(boolean running) {
            if (closed) {
                throw new IllegalStateException("the publisher in " + directory.folder() + " is closed");
            }
            write(running);
            lastReport = directory.signal(running ? up : down);
            return lastReport;
        }

        private void write(boolean running) {
            long number = level().map(Level::number).orElse(0L) + 1;
            Path fresh = directory.folder().resolve("." + FILE + "." + me.pid());
            try {
                Files.writeString(fresh, new Level(running, number, me).text());
                Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
            } catch (AccessDeniedException refused) {
                throw new org.ipckit.transport.AccessDeniedException(
                        "publish in " + directory.folder() + ": this user may not write there", refused);
            } catch (IOException refused) {
                throw new MechanismException("publish in " + directory.folder() + ": " + refused.getMessage(), refused);
            }
        }

        /** Returns who was told of the last change. */
        public synchronized SignalReport lastReport() {
            return lastReport;
        }

        /** Says that the service is down. Any thread may call it, any number of times. */
        @Override
        public synchronized void close() {
            if (!closed) {
                try {
                    set(false);
                } finally {
                    closed = true;
                }
            }
        }
    }

    // ---------------------------------------------------------------- the clients

    /**
     * Observes the service from now on. Where nobody has said anything yet it counts as running.
     *
     * @param onChange told of each change that is seen, one after the other, on a thread of the JVM's
     * @throws IllegalArgumentException if this JVM cannot take one of the two signals
     */
    public Observer observe(Consumer<Change> onChange) {
        Observer observer = new Observer(Objects.requireNonNull(onChange, "onChange"));
        boolean begun = false;
        try {
            observer.begin();
            begun = true;
            return observer;
        } finally {
            if (!begun) {
                observer.close();
            }
        }
    }

    /** Knows whether the service is up. Thread-safe. */
    public final class Observer implements AutoCloseable {

        private final Consumer<Change> onChange;
        private SignalHandling upHandling;
        private SignalHandling downHandling;
        private PidDirectory.Entry entry;
        private boolean running = true;
        private long number;

        private Observer(Consumer<Change> onChange) {
            this.onChange = onChange;
        }

        /** Handled first, entered next, looked last: then no change can be missed, and no signal ends this process. */
        private void begin() {
            upHandling = Signals.handle(up, () -> signalled(true));
            downHandling = Signals.handle(down, () -> signalled(false));
            entry = directory.enter();
            synchronized (this) {
                level().ifPresent(this::see);
            }
        }

        /** Returns true if the service is up: it has said so, and the process that said it lives. */
        public synchronized boolean isRunning() {
            Optional<Level> level = level();
            if (level.isPresent() && level.get().number() != number) {
                take(level.get());
            }
            return running && level.map(said -> said.publisher().isAlive()).orElse(true);
        }

        private synchronized void signalled(boolean saysUp) {
            Optional<Level> level = level();
            if (level.isPresent() && level.get().number() != number) {
                take(level.get());
            } else if (level.isEmpty()) {
                takeAtItsWord(saysUp);
            } else {
                LOG.debug("a signal without a change in {}", directory.folder());
            }
        }

        private void take(Level level) {
            see(level);
            tell(level.change());
        }

        private void see(Level level) {
            running = level.running();
            number = level.number();
        }

        /** The service keeps no file. */
        private void takeAtItsWord(boolean saysUp) {
            if (running != saysUp) {
                running = saysUp;
                tell(new Change(saysUp, number));
            }
        }

        private void tell(Change change) {
            try {
                onChange.accept(change);
            } catch (RuntimeException failed) {
                LOG.warn("the observer of {} failed", directory.folder(), failed);
            }
        }

        /** Observes no longer. Any thread may call it, any number of times. */
        @Override
        public void close() {
            // Left first: as long as somebody may signal this process the signals have to be handled.
            try {
                if (entry != null) {
                    entry.close();
                }
            } finally {
                closeHandlings();
            }
        }

        private void closeHandlings() {
            if (upHandling != null) {
                upHandling.close();
            }
            if (downHandling != null) {
                downHandling.close();
            }
        }
    }
}
