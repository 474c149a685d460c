package org.ipckit.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The libraries that ours are compared with. Their code is in modules of their own that are built, with all they need,
 * only when they are asked for; here is what has to be known without. The JVMs of a row have the class path of its module
 * and nothing else, and find the contender of the same name there.
 */
final class Peers {

    private static final List<String> INTERNAL_MEMORY =
            List.of("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    /** Chronicle also reports its use to its maker, and advertises, unless told not to. */
    private static final List<String> CHRONICLE = List.of(
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true");

    /** Netty warns at each connection of an option that gRPC sets and these sockets do not have. */
    private static final List<String> GRPC = List.of("-Dorg.slf4j.simpleLogger.log.io.netty.bootstrap=error");

    private static final String NO_LISTENER = "it is two files that both ends open, without a listener";

    private static final String ONE_PEER = "a PAIR socket has one peer";

    /** A message of Agrona has at most an eighth of the ring. */
    private static final int PART_OF_RING = 8;

    private Peers() {}

    /**
     * Returns all.
     *
     * @param home the folder of the checkout, where they are built
     */
    static List<Contender> all(Optional<Path> home) {
        Optional<Path> built = home.map(folder -> folder.resolve("cli/target/peers"));
        return List.of(
                new Peer("peer-aeron", "aeron", "record", INTERNAL_MEMORY, built),
                new Peer("peer-agrona", "aeron", "record", INTERNAL_MEMORY, built)
                        .meetingOnce(NO_LISTENER)
                        .carrying(PeerContender.RING_BYTES / PART_OF_RING),
                new Peer("peer-agrona-many", "aeron", "record", INTERNAL_MEMORY, built)
                        .meetingOnce(NO_LISTENER)
                        .carrying(PeerContender.RING_BYTES / PART_OF_RING),
                new Peer("peer-chronicle", "chronicle", "record", CHRONICLE, built).meetingOnce(NO_LISTENER),
                new Peer("peer-junixsocket", "junixsocket", "uds", List.of(), built),
                new Peer("peer-netty", "netty", "uds", List.of(), built),
                new Peer("peer-grpc", "grpc", "uds", GRPC, built),
                new PythonPeer(),
                new Peer("peer-jeromq-ipc", "jeromq", "tcp", List.of(), built).meetingOnce(ONE_PEER),
                new Peer("peer-jeromq-tcp", "jeromq", "tcp", List.of(), built).meetingOnce(ONE_PEER));
    }

    /**
     * One of them, as far as it is known where its library is not.
     *
     * @param limit the mechanism of the program in C that does the same work
     * @param libraries the folder of its module with all that it needs
     */
    private record Peer(
            String name,
            Optional<String> limit,
            List<String> jvmFlags,
            Optional<Path> libraries,
            Optional<String> meetsOnce,
            long largestMessageBytes)
            implements PeerContender {

        /**
         * Makes one that connects as often as it is asked to.
         *
         * @param built where the modules are, each in a folder of its artifact's name
         */
        Peer(String name, String module, String limit, List<String> flags, Optional<Path> built) {
            this(
                    name,
                    Optional.of(limit),
                    flags,
                    built.map(folder -> folder.resolve("ipckit-peers-" + module)),
                    Optional.empty(),
                    Long.MAX_VALUE);
        }

        /** Returns the same where the ends meet once. */
        Peer meetingOnce(String reason) {
            return new Peer(name, limit, jvmFlags, libraries, Optional.of(reason), largestMessageBytes);
        }

        /** Returns the same where a message has at most so many bytes. */
        Peer carrying(long largest) {
            return new Peer(name, limit, jvmFlags, libraries, meetsOnce, largest);
        }

        @Override
        public Optional<String> unavailable() {
            return classPath().isPresent()
                    ? Optional.empty()
                    : Optional.of("its library is not here; in a checkout ./ipckit bench --peers fetches it, and"
                            + " cli/target/peers-build.log says why it could not");
        }

        @Override
        public Optional<String> classPath() {
            return libraries.filter(Files::isDirectory).map(Peer::jars).filter(jars -> !jars.isEmpty());
        }

        private static String jars(Path folder) {
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(Path::toString)
                        .filter(file -> file.endsWith(".jar"))
                        .sorted()
                        .collect(Collectors.joining(File.pathSeparator));
            } catch (IOException unreadable) {
                return "";
            }
        }

        @Override
        public Entrance listen(Path folder) throws IOException {
            throw new IOException(name + " is not on this class path");
        }

        @Override
        public Exchange connect(String place, boolean batched) throws IOException {
            throw new IOException(name + " is not on this class path");
        }
    }
}
