package org.ipckit.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ipckit.files.CommandDocument.Answer;
import org.ipckit.files.CommandDocument.Request;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.Daemons;
import org.ipckit.transport.spi.Nap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the commands in a {@link CommandFile}, one after the other on a thread of its own, each once. The lock is held
 * while the file is read or written, never while a command runs. Another lock, on {@code NAME.server.lock}, is held as long
 * as it answers: there is one server at a time.
 *
 * <p>A file that somebody has damaged is kept aside as {@code NAME.damaged-N}, and what was in it before is written
 * again.
 */
public final class CommandServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);

    /** As often as the example looks; where changes are reported nobody has to wait for that. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final CommandFile place;
    private final Map<String, CommandFile.Command> commands;
    private final Observer observer;
    private final ReplacedFile file;
    private final FileWatch watch;
    private final HeldLock office;
    private final Nap nap;
    private final Thread thread = Daemons.thread("commands", this::run);
    private final Set<String> seen = new HashSet<>();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private byte[] lastGood;
    private volatile boolean closing;

    /** Is told what a server does, on the server's thread. */
    public interface Observer {
        /** Somebody else has changed the file. */
        default void fileChanged(long fromBytes, long toBytes) {}

        /**
         * A command is about to run.
         *
         * @param call the command as Python shows it: {@code add with args [2, 5]}
         */
        default void running(String call) {}

        /** The file did not hold commands, and was kept aside under this name. */
        default void fileDamaged(Path keptAside, String reason) {}
    }

    private CommandServer(
            CommandFile place,
            Map<String, CommandFile.Command> commands,
            Observer observer,
            FileWatch watch,
            HeldLock office) {
        this.place = place;
        this.commands = Map.copyOf(commands);
        this.observer = observer;
        this.file = place.open();
        this.watch = watch;
        this.office = office;
        this.nap = watch.nap();
    }

    static CommandServer start(CommandFile place, Map<String, CommandFile.Command> commands, Observer observer) {
        HeldLock office = takeOffice(place);
        boolean started = false;
        try {
            CommandServer server = new CommandServer(place, commands, observer, FileWatch.of(place.path()), office);
            try {
                server.begin();
                started = true;
                return server;
            } finally {
                if (!started) {
                    server.watch.close();
                    server.file.close();
                }
            }
        } catch (IOException refused) {
            throw new MechanismException(place.path() + ": " + refused.getMessage(), refused);
        } finally {
            if (!started) {
                office.close();
            }
        }
    }

    /** There is one server at a time: a second one would begin with an empty file. */
    private static HeldLock takeOffice(CommandFile place) {
        FileLocks office = place.office();
        return office.acquire(Duration.ZERO)
                .orElseThrow(() -> new AddressInUseException("serve " + place.path() + ": "
                        + office.owner().map(LockOwner::toString).orElse("somebody") + " answers there already"));
    }

    private void begin() throws IOException {
        try (HeldLock held = place.locks().acquire()) {
            write(CommandDocument.empty(), held);
        }
        watch.onChange(nap::wake);
        thread.start();
    }

    private void run() {
        while (!closing) {
            try {
                look();
                answerAll();
                nap.sleep(LONGEST_SLEEP_NANOS);
            } catch (InterruptedWaitException closed) {
                return;
            } catch (IOException | TransportException refused) {
                LOG.warn("serve {}: {}; it goes on", place.path(), refused.toString());
                nap.sleep(LONGEST_SLEEP_NANOS);
            }
        }
    }

    private void look() throws IOException {
        if (file.hasChanged()) {
            try (HeldLock held = place.locks().acquire()) {
                read(held);
            }
        }
    }

    private void answerAll() throws IOException {
        for (Request next = waiting.poll(); next != null && !closing; next = waiting.poll()) {
            Answer answer = run(next);
            try (HeldLock held = place.locks().acquire()) {
                // Others have gone on asking meanwhile.
                CommandDocument document = read(held);
                document.answer(next.id(), answer);
                write(document, held);
            }
        }
    }

    private Answer run(Request request) {
        observer.running(request.command() + " with args " + PythonText.repr(request.arguments()));
        CommandFile.Command command = commands.get(request.command());
        if (command == null) {
            return new Answer(null, "There is no command " + request.command());
        }
        try {
            Object result = command.run(request.arguments());
            PythonText.toTree(result);
            return new Answer(result, null);
        } catch (CommandFailedException refused) {
            return new Answer(null, String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            LOG.warn("serve {}: command {} has failed", place.path(), request.command(), failed);
            return new Answer(null, failed.toString());
        }
    }

    /** Reads the file under the lock and remembers what is asked in it for the first time. */
    private CommandDocument read(HeldLock held) throws IOException {
        long before = file.sizeBytes();
        boolean changed = file.hasChanged();
        CommandDocument document = readOrRestore(held);
        if (changed) {
            observer.fileChanged(before, file.sizeBytes());
        }
        for (Request request : document.unanswered()) {
            if (seen.add(request.id())) {
                waiting.add(request);
            }
        }
        return document;
    }

    private CommandDocument readOrRestore(HeldLock held) throws IOException {
        try {
            byte[] content = file.read();
            CommandDocument document = CommandDocument.parse(content);
            lastGood = content;
            return document;
        } catch (DamagedFileException damaged) {
            Path aside = file.keepAside();
            LOG.warn("serve {}: {}; it is kept as {}", place.path(), damaged.getMessage(), aside);
            observer.fileDamaged(aside, damaged.getMessage());
        } catch (NoSuchFileException removed) {
            LOG.warn("serve {}: somebody has removed it; it is written again", place.path());
        }
        CommandDocument restored = CommandDocument.parse(lastGood);
        write(restored, held);
        return restored;
    }

    private void write(CommandDocument document, HeldLock held) throws IOException {
        held.requireHeld();
        byte[] content = document.toBytes();
        file.replace(content);
        lastGood = content;
    }

    /**
     * Interrupts the command that runs, and removes the file; the lock files too, unless somebody holds them or waits for
     * them.
     */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        nap.wake();
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException alsoNow) {
            interrupted = true;
        }
        try (office;
                watch) {
            removeFile();
        } catch (IOException refused) {
            throw new MechanismException("close of " + place.path() + ": " + refused.getMessage(), refused);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (!place.office().remove()) {
            LOG.debug("close of {}: the next one answers there already", place.path());
        }
    }

    private void removeFile() throws IOException {
        FileLocks locks = place.locks();
        HeldLock held = locks.acquire(LONGEST_CLOSE)
                .orElseThrow(() -> new MechanismException("close of " + place.path() + ": "
                        + locks.owner().map(LockOwner::toString).orElse("somebody")
                        + " holds the lock; the file is left"));
        try (held;
                file) {
            file.delete();
        }
        if (!locks.remove()) {
            LOG.debug("close of {}: the lock file is in use and stays", place.path());
        }
    }

    @Override
    public String toString() {
        return "CommandServer[" + place.path() + "]";
    }
}
