package org.ipckit.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.ipckit.files.CommandDocument.Answer;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Nap;
import org.ipckit.transport.spi.Waiter;

/**
 * A JSON file through which programs ask another to run commands. Everybody reads and writes it only under the lock on
 * {@code NAME.lock}, and holds that only meanwhile; Python programs with the module filelock take part as they are.
 *
 * <pre>{@code
 * CommandFile file = CommandFile.at(Path.of("shared.json"));
 * try (CommandServer server = file.serve(Arithmetic.commands())) { ... }               // one program
 * Object seven = file.call("add", List.of(2, 5), Duration.ofSeconds(5));               // any other
 * }</pre>
 *
 * <p>An immutable value: where the file is. Any thread may call any method.
 */
public final class CommandFile {

    /** As often as the example looks; where changes are reported nobody has to wait for that. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private final Path path;

    /** What can be asked for. */
    @FunctionalInterface
    public interface Command {
        /**
         * Runs outside the lock, so others go on asking.
         *
         * @param arguments each null, Boolean, Integer, Long, BigInteger, BigDecimal, String, List or Map of such
         * @return the result: such a value too
         * @throws CommandFailedException if it is answered with an error, whose text is the message
         */
        Object run(List<Object> arguments);
    }

    private CommandFile(Path path) {
        this.path = Objects.requireNonNull(path, "path");
    }

    /** Returns the command file at a path; nothing is made and nothing looked at. */
    public static CommandFile at(Path path) {
        return new CommandFile(path);
    }

    /** Returns where the file is. */
    public Path path() {
        return path;
    }

    FileLocks locks() {
        return FileLocks.beside(path);
    }

    /** Who answers holds these as long as it does. */
    FileLocks office() {
        return FileLocks.beside(path.resolveSibling(path.getFileName() + ".server"));
    }

    ReplacedFile open() {
        return new ReplacedFile(path, path.resolveSibling(path.getFileName() + ".next"), false);
    }

    /**
     * Writes an empty file and answers what is asked in it from now on, as {@link CommandServer} says.
     *
     * @throws org.ipckit.transport.AddressInUseException if another process that lives, or this one, answers there already
     */
    public CommandServer serve(Map<String, Command> commands) {
        return serve(commands, new CommandServer.Observer() {});
    }

    /** As {@link #serve(Map)}, and tells somebody what happens. */
    public CommandServer serve(Map<String, Command> commands, CommandServer.Observer observer) {
        return CommandServer.start(this, commands, observer);
    }

    /**
     * Asks for a command without waiting for the answer.
     *
     * @param timeout the longest to wait for the server's file and for the lock
     * @return the command's id, for {@link #answer}
     * @throws ConnectFailedException if there is no file, or others had the lock all that time
     * @throws CorruptMessageException if the file does not hold commands
     */
    public String submit(String command, List<?> arguments, Duration timeout) {
        if (!Files.exists(path)) {
            throw absent(null); // before a lock file is left where nobody answers
        }
        String id = UUID.randomUUID().toString();
        Deadline deadline = Deadline.after(timeout);
        try (ReplacedFile file = open();
                HeldLock held = lock(deadline, timeout)) {
            CommandDocument document = read(file);
            document.add(id, command, arguments);
            held.requireHeld();
            file.replace(document.toBytes());
            return id;
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    /**
     * Returns the answer to a command.
     *
     * @param timeout the longest to wait for it; {@link Duration#ZERO} looks once
     * @return the result; empty if the command was not answered in that time
     * @throws CommandFailedException if the server has answered an error, or has begun anew and knows nothing of it
     * @throws ConnectFailedException if there is no file
     * @throws CorruptMessageException if the file does not hold commands
     */
    public Optional<Result> answer(String id, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        try (ReplacedFile file = open();
                FileWatch watch = FileWatch.of(path)) {
            Look look = new Look(file, id, deadline);
            Nap nap = watch.nap();
            watch.onChange(nap::wake);
            try (Waiter waiter = new Waiter(WaitStrategy.BLOCK, nap, "wait for an answer in", address())) {
                boolean over = false;
                while (!over) {
                    over = waiter.await(look, deadline.orWithin(LONGEST_WAIT)) || deadline.expired();
                }
            }
            return look.answer.map(CommandFile::result);
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    private static Result result(Answer answer) {
        if (answer.error() != null) {
            throw new CommandFailedException(answer.error());
        }
        return new Result(answer.result());
    }

    /**
     * What a command has come to.
     *
     * @param value null, Boolean, Integer, Long, BigInteger, BigDecimal, String, List or Map of such
     */
    public record Result(Object value) {}

    /**
     * Asks for a command and waits for its result.
     *
     * @throws CommandFailedException if the server has answered an error
     * @throws ConnectFailedException if there is no file, or nobody has answered in that time
     */
    public Object call(String command, List<?> arguments, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        String id = submit(command, arguments, timeout);
        return answer(id, deadline.remaining())
                .orElseThrow(() -> new ConnectFailedException("call of " + command + " in " + path
                        + ": nobody has answered within " + timeout.toMillis() + " ms"))
                .value();
    }

    private HeldLock lock(Deadline deadline, Duration timeout) {
        FileLocks locks = locks();
        return locks.acquire(deadline.remaining())
                .orElseThrow(() -> new ConnectFailedException(path + ": "
                        + locks.owner().map(LockOwner::toString).orElse("somebody") + " has the lock "
                        + locks.path() + " for longer than " + timeout.toMillis() + " ms"));
    }

    /** Reads the file; the lock is held. */
    private CommandDocument read(ReplacedFile file) throws IOException {
        try {
            return CommandDocument.parse(file.read());
        } catch (NoSuchFileException absent) {
            throw absent(absent);
        } catch (DamagedFileException damaged) {
            throw new CorruptMessageException(path + ": " + damaged.getMessage(), damaged);
        }
    }

    private ConnectFailedException absent(NoSuchFileException cause) {
        return new ConnectFailedException("there is no " + path + ": does the server run?", cause);
    }

    private Address address() {
        return Address.parse("jsonfile:///-").withTarget(path.toAbsolutePath().toString());
    }

    private MechanismException refused(IOException refused) {
        return new MechanismException(path + ": " + refused.getMessage(), refused);
    }

    /** Looks for an answer. */
    private final class Look implements Waiter.Look {

        private final ReplacedFile file;
        private final String id;
        private final Deadline deadline;
        private boolean looked;
        private Optional<Answer> answer = Optional.empty();

        Look(ReplacedFile file, String id, Deadline deadline) {
            this.file = file;
            this.id = id;
            this.deadline = deadline;
        }

        @Override
        public boolean look() {
            try {
                return (!looked || file.hasChanged()) && isAnswered();
            } catch (IOException refused) {
                throw refused(refused);
            }
        }

        private boolean isAnswered() throws IOException {
            Optional<HeldLock> lock =
                    locks().acquire(deadline.orWithin(LONGEST_WAIT).remaining());
            if (lock.isEmpty()) {
                return false;
            }
            CommandDocument document;
            try (HeldLock held = lock.get()) {
                document = read(file);
                held.requireHeld();
            }
            looked = true;
            if (!document.has(id)) {
                throw new CommandFailedException(
                        "command " + id + " is not in " + path + ": the server has begun anew since");
            }
            answer = document.answer(id);
            return answer.isPresent();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandFile that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return "CommandFile[" + path + "]";
    }
}
