package org.ipckit.demos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ipckit.pipes.NamedPipe;

/** The pairs of programs, one for each mechanism, and what the article that they follow says of it. */
public enum Pair {
    PIPES(
            "pipes",
            "Pipes",
            "pipe",
            "Alice makes a named pipe, a FIFO, with the system call mkfifo: a name in the file system and a queue of 64 KiB in"
                    + " the kernel. What Bob writes comes out at Alice's end in order, as a stream of bytes without"
                    + " boundaries. So each message says how long it is: X, four digits, the bytes.",
            "fast and efficient; no external services",
            "not cross-platform; difficult to code well") {
        @Override
        public boolean isReady(Path folder) {
            return NamedPipe.at(folder.resolve("fifo")).hasReader();
        }
    },
    FILES(
            "files",
            "Files",
            "jsonfile",
            "Bob writes a command with an id of its own into shared.json, Alice sees that the file has changed, runs the"
                    + " command and writes the result beside it. Both read and write only while they hold the lock on"
                    + " shared.json.lock.",
            "cross-platform; simple",
            "security is that of the file system; the programs have to clean up themselves") {
        @Override
        public boolean isReady(Path folder) {
            return Files.exists(folder.resolve("shared.json"));
        }
    },
    MESSAGE_QUEUE(
            "message-queue",
            "Message Queues",
            "redis",
            "A server stands between the two. Alice subscribes to the channel my_channel, Bob publishes to it and ends at"
                    + " once. Neither knows the other; what is published while nobody is subscribed is lost.",
            "publish and subscribe are built in, nothing to check by hand; a background thread listens; cross-platform; the server's state can be saved",
            "needs an external service; more overhead; its security is yours to set up"),
    SHARED_MEMORY(
            "shared-memory",
            "Shared Memory",
            "shm",
            "Both map the same page of the file mmaptest into their memory. What Alice puts there Bob reads, with no system"
                    + " call and no copy; and nobody tells him that it has changed, so he looks once a second.",
            "fast; the code is cross-platform",
            "difficult; limited size; mmap leaves a physical file") {
        @Override
        public boolean isReady(Path folder) throws IOException {
            Path memory = folder.resolve("mmaptest");
            return Files.exists(memory) && Files.readString(memory).startsWith("now");
        }
    },
    SOCKETS(
            "sockets",
            "Sockets",
            "tcp",
            "Alice listens at port 6000 of this machine, Bob connects. Both prove that they know the same key, then a request"
                    + " goes there and an answer comes back, each a length and so many bytes.",
            "cross-platform; can be extended to RPC",
            "slower; more overhead") {
        @Override
        public boolean isReady(Path folder) throws IOException {
            // Asked of the kernel: an Alice as the article has her ends when somebody connects and says nothing.
            // A JVM's socket is in the second file even if it listens at an address of four bytes.
            return LISTENS.matcher(Files.readString(Path.of("/proc/self/net/tcp")))
                            .find()
                    || LISTENS.matcher(Files.readString(Path.of("/proc/self/net/tcp6")))
                            .find();
        }
    },
    SIGNALS(
            "signals",
            "Signals",
            "signal",
            "Each client, Bob, leaves a file named by its pid in the directory pids. The service, Alice, sends a signal to"
                    + " every pid there: one when it comes up, another when it goes down. That it came, and which one it"
                    + " was, is all that a signal says.",
            "super simple",
            "not cross-platform; cannot transfer data") {
        @Override
        public boolean isReady(Path folder) throws IOException {
            Path pids = folder.resolve("pids");
            if (!Files.isDirectory(pids)) {
                return false;
            }
            try (Stream<Path> entries = Files.list(pids)) {
                return entries.anyMatch(entry -> entry.getFileName().toString().matches("\\d+"));
            }
        }
    };

    /** Port 6000, to anybody, listening. */
    private static final Pattern LISTENS = Pattern.compile(":1770 0+:0000 0A");

    private final String folder;
    private final String method;
    private final String scheme;
    private final String howItWorks;
    private final String pros;
    private final String cons;

    Pair(String folder, String method, String scheme, String howItWorks, String pros, String cons) {
        this.folder = folder;
        this.method = method;
        this.scheme = scheme;
        this.howItWorks = howItWorks;
        this.pros = pros;
        this.cons = cons;
    }

    /** Returns the pair of that name. */
    public static Optional<Pair> named(String name) {
        return Arrays.stream(values()).filter(pair -> pair.folder.equals(name)).findFirst();
    }

    /** Returns its name on the command line: {@code message-queue}. */
    public String folder() {
        return folder;
    }

    /** Returns the name of the mechanism in the article's table. */
    public String method() {
        return method;
    }

    /** Returns the scheme of the transport that is made of the same mechanism. */
    public String scheme() {
        return scheme;
    }

    /** Returns how it works, in a few sentences. */
    public String howItWorks() {
        return howItWorks;
    }

    /** Returns what the article says for it. */
    public List<String> pros() {
        return List.of(pros.split("; "));
    }

    /** Returns what the article says against it. */
    public List<String> cons() {
        return List.of(cons.split("; "));
    }

    /** Returns the class of one of the two programs. */
    public String program(End end) {
        return "org.ipckit.demos." + folder.replace("-", "") + "." + end.title();
    }

    /** Returns the name of the source file of one of the programs in another language, without its folder. */
    public String source(End end, String extension) {
        return folder.replace('-', '_') + "_" + end.title().toLowerCase(Locale.ROOT) + "." + extension;
    }

    /** Returns which of the two is to be started first. */
    public End first() {
        return this == SIGNALS ? End.BOB : End.ALICE;
    }

    /** Returns true if the other can be started, because the first has made what they meet at. */
    public boolean isReady(Path folder) throws IOException {
        return true;
    }
}
