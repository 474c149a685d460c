package org.ipckit.signals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.signals.SignalReport.Reason;
import org.ipckit.signals.SignalReport.Skipped;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.TransportUnavailableException;
import org.ipckit.transport.spi.PrivateFiles;
import org.ipckit.transport.spi.RunDirectory;

/**
 * A folder in which each process that wants to be signalled has a file named by its pid. Whoever wants to tell them all
 * that something has happened sends a signal to each.
 *
 * <pre>{@code
 * PidDirectory clients = PidDirectory.named("my-service");
 * try (SignalHandling handling = Signals.handle("USR1", this::reload);
 *         PidDirectory.Entry entry = clients.enter()) {           // only now anybody knows the pid
 *     ...
 * }
 * SignalReport told = clients.signal("USR1");                     // another process
 * }</pre>
 *
 * <p>A file of ours says when its process began, so that another process which was given the same pid is never signalled;
 * of an empty file, as other programs make them, the process must be older than the file. An immutable value.
 */
public final class PidDirectory {

    /** The file of {@link ServiceState}, which is no process's. */
    static final String STATE = "state";

    /** What is written before it takes its place, by a process that may have been killed meanwhile. */
    private static final Pattern UNFINISHED = Pattern.compile("\\.(?:" + STATE + "\\.)?([1-9]\\d{0,8})");

    private static final String START = "start ";
    private static final long TICK_MILLIS = 10;

    /** The system tells the time of a file, and the start of a process, with this precision at best. */
    private static final long SLACK_MILLIS = 2 * TICK_MILLIS;

    private final Path folder;

    private PidDirectory(Path folder) {
        this.folder = folder;
    }

    /** Returns the directory of that name in this user's private run directory, made if it was not there. */
    public static PidDirectory named(String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("'" + name + "' is not a name: letters, digits, '.', '_' and '-' are");
        }
        try {
            return new PidDirectory(PrivateFiles.folder(RunDirectory.folder().resolve(name + ".pids")));
        } catch (IOException refused) {
            throw new MechanismException("directory of pids " + name + ": " + refused.getMessage(), refused);
        }
    }

    /** Returns the directory at a path, such as {@code /etc/my_service/pids}, made if it was not there. */
    public static PidDirectory at(Path folder) {
        try {
            return new PidDirectory(Files.createDirectories(folder).toRealPath());
        } catch (AccessDeniedException refused) {
            throw new org.ipckit.transport.AccessDeniedException(
                    "directory of pids " + folder + ": this user may not make it", refused);
        } catch (IOException refused) {
            throw new MechanismException("directory of pids " + folder + ": " + refused.getMessage(), refused);
        }
    }

    /** Returns where it is. */
    public Path folder() {
        return folder;
    }

    // ---------------------------------------------------------------- clients

    /**
     * Enters this process. Handle the signals first: one that comes before ends the process.
     *
     * @throws AddressInUseException if this process has entered already
     */
    public Entry enter() {
        try {
            ProcessIdentity me = ProcessIdentity.current();
            Path file = folder.resolve(String.valueOf(me.pid()));
            Path fresh = folder.resolve("." + me.pid());
            Files.deleteIfExists(fresh);
            Files.writeString(fresh, START + me.startTicks() + "\n", StandardOpenOption.CREATE_NEW);
            try {
                if (identity(file).filter(me::equals).isPresent()) {
                    throw new AddressInUseException(
                            "enter " + folder + ": process " + me.pid() + " (this one) has entered already");
                }
                // Whole from its first moment, and in the place of one that a process of the same pid has left.
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return new Entry(file, me);
        } catch (AccessDeniedException refused) {
            throw new org.ipckit.transport.AccessDeniedException(
                    "enter " + folder + ": this user may not write there", refused);
        } catch (IOException refused) {
            throw new MechanismException("enter " + folder + ": " + refused.getMessage(), refused);
        }
    }

    /** What a process has entered, until this is closed. */
    public static final class Entry implements AutoCloseable {

        private final Path file;
        private final ProcessIdentity process;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Entry(Path file, ProcessIdentity process) {
            this.file = file;
            this.process = process;
        }

        /** Returns the file. */
        public Path file() {
            return file;
        }

        /** Removes the file. Any thread may call it, any number of times. */
        @Override
        public void close() {
            try {
                if (closed.compareAndSet(false, true)
                        && identity(file).filter(process::equals).isPresent()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException refused) {
                throw new MechanismException("leave " + file + ": " + refused.getMessage(), refused);
            }
        }
    }

    /** Returns the process that a file of ours names; empty if it is another's or gone. */
    private static Optional<ProcessIdentity> identity(Path file) throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return text.matches(START + "\\d{1,18}")
                    ? Optional.of(new ProcessIdentity(
                            Long.parseLong(file.getFileName().toString()),
                            Long.parseLong(text.substring(START.length()))))
                    : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------- services

    /**
     * Sends a signal to each process that has entered. What cannot or must not be signalled is passed over and reported;
     * files of processes that are gone are removed.
     *
     * @param signal its name, with or without SIG
     * @throws TransportUnavailableException if signals cannot be sent from here
     */
    public SignalReport signal(String signal) {
        SignalUse use = Signals.use(Objects.requireNonNull(signal, "signal"));
        if (!LibC.LIBRARY.reasonWhyNot().isEmpty()) {
            throw new TransportUnavailableException("signal " + folder + ": " + LibC.LIBRARY.reasonWhyNot());
        }
        List<Long> signalled = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (isOurs(file)) {
                    continue;
                }
                Optional<Skipped> passedOver = signal(file, use);
                if (passedOver.isPresent()) {
                    skipped.add(passedOver.get());
                } else {
                    signalled.add(Long.parseLong(file.getFileName().toString()));
                }
            }
        } catch (IOException refused) {
            throw new MechanismException("signal " + folder + ": " + refused.getMessage(), refused);
        }
        return new SignalReport(signalled, skipped);
    }

    /** Returns true if it is no process's file; one that a dead process has not finished is removed. */
    private static boolean isOurs(Path file) throws IOException {
        String name = file.getFileName().toString();
        Matcher unfinished = UNFINISHED.matcher(name);
        if (unfinished.matches()
                && ProcessIdentity.of(Long.parseLong(unfinished.group(1))).isEmpty()) {
            Files.deleteIfExists(file);
        }
        return name.equals(STATE) || unfinished.matches();
    }

    /** Returns why a file was passed over; empty if its process was signalled. */
    private static Optional<Skipped> signal(Path file, SignalUse use) {
        String name = file.getFileName().toString();
        if (!name.matches("[1-9]\\d{0,8}") || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new Skipped(file, Reason.FOREIGN, "not a file that is named by a pid"));
        }
        try (HeldProcess process = HeldProcess.open(Long.parseLong(name))) {
            // Looked at when the process is held: from here on the pid cannot become another's.
            if (!isOf(file, process.pid())) {
                Files.deleteIfExists(file);
                return Optional.of(new Skipped(file, Reason.STALE, "its process is gone; the file was removed"));
            }
            if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(processFolder(process.pid())))) {
                return Optional.of(new Skipped(file, Reason.NOT_PERMITTED, "its process is another user's"));
            }
            if (!Signals.isSafeFor(process.pid(), use)) {
                return Optional.of(
                        new Skipped(file, Reason.NOT_HANDLED, "SIG" + use.name() + " would end its process"));
            }
            return process.send(use.number())
                    ? Optional.empty()
                    : Optional.of(new Skipped(file, Reason.STALE, "its process has just ended"));
        } catch (AccessDeniedException refused) {
            return Optional.of(new Skipped(file, Reason.NOT_PERMITTED, String.valueOf(refused.getReason())));
        } catch (NoSuchFileException gone) {
            return Optional.of(new Skipped(file, Reason.STALE, "it has just left"));
        } catch (IOException refused) {
            return Optional.of(new Skipped(file, Reason.FAILED, String.valueOf(refused.getMessage())));
        }
    }

    private static Path processFolder(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }

    /** Returns true if the process with this pid is the one that the file was made for. */
    private static boolean isOf(Path file, long pid) throws IOException {
        Optional<ProcessIdentity> now = ProcessIdentity.of(pid);
        if (now.isEmpty()) {
            return false;
        }
        Optional<ProcessIdentity> entered = identity(file);
        if (entered.isPresent()) {
            return entered.equals(now);
        }
        long made = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .lastModifiedTime()
                .toMillis();
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> start.toEpochMilli() <= made + SLACK_MILLIS)
                .isPresent();
    }

    @Override
    public String toString() {
        return "PidDirectory[" + folder + "]";
    }
}
