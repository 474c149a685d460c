package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalTransportTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int FLOOD = 10_000;
    private static final int KILLS = 5;

    private final SignalTransport transport = new SignalTransport();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    private Path folder;

    private Address address() {
        return Address.parse("signal://" + file());
    }

    private Path file() {
        return folder.resolve("c");
    }

    private <C extends AutoCloseable> C open(C it) {
        opened.add(it);
        return it;
    }

    private Listener listen() {
        return open(transport.listen(address()));
    }

    /** Connects another JVM to a listener of this one. */
    private Connection accept(Listener listener, Jvm far) throws IOException {
        open(far).awaitLine("ready");
        return open(listener.accept(SOON).orElseThrow());
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static void requireWorking(Connection near) {
        near.send(Message.utf8("works?"));
        assertEquals(Message.utf8("works?"), near.receive(SOON).orElseThrow());
    }

    /** Connects and sends back what comes. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] args) {
            try (Connection connection = new SignalTransport().connect(Address.parse(args[0]), SOON)) {
                System.out.println("ready");
                while (true) {
                    connection.send(connection.receive());
                }
            } catch (ConnectionClosedException end) {
                System.out.println("end");
            }
        }
    }

    // ---------------------------------------------------------------- what it is

    @Test
    void theRegistryFindsIt() {
        assertTrue(ServiceLoader.load(Mechanism.class).stream()
                .anyMatch(each -> each.type().equals(SignalTransport.class)));
        assertEquals("signal", transport.scheme());
        assertTrue(
                transport.availability().available(), transport.availability().reason());
    }

    @Test
    void aMessageHasAtMostSixtyFourKibibytes() {
        assertEquals(65_536, transport.capabilities(address()).maxMessageSize());
        for (String size : List.of("65537", "1MiB", "0")) {
            assertThrows(
                    InvalidAddressException.class,
                    () -> transport.capabilities(address().withOption("max-message", size)));
        }
    }

    @Test
    void aFileSaysWhereTheSignalsOfTheListenerGo() throws Exception {
        Listener listener = listen();
        Path place = folder.resolve("c.receiver");

        assertEquals(Receiver.ofThisJvm().place() + "\n", Files.readString(place));
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));

        listener.close();
        assertFalse(Files.exists(place));
    }

    @Test
    void aForeignFileInItsPlaceIsLeftAlone() throws Exception {
        Path place = Files.writeString(folder.resolve("c.receiver"), "somebody's diary");

        assertThrows(AddressInUseException.class, () -> transport.listen(address()));

        assertEquals("somebody's diary", Files.readString(place));
        Files.delete(place);
    }

    @Test
    void everySizeUpToSomeValuesArrives() throws Exception {
        Connection near = accept(listen(), Jvm.start(Echo.class, address()));
        for (int size = 0; size < 40; size++) {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) (0xf0 + i);
            }
            for (ByteBuffer buffer : List.of(
                    ByteBuffer.wrap(bytes),
                    ByteBuffer.allocateDirect(size).put(bytes).flip().order(java.nio.ByteOrder.LITTLE_ENDIAN),
                    ByteBuffer.allocate(size + 9)
                            .position(5)
                            .put(bytes)
                            .limit(size + 5)
                            .position(5))) {
                near.send(buffer);
                assertEquals(Message.of(bytes), near.receive(SOON).orElseThrow());
            }
        }
    }

    // ---------------------------------------------------------------- strangers

    @Test
    void valuesOfStrangersAreThrownAway() throws Exception {
        Connection near = accept(listen(), Jvm.start(Echo.class, address()));
        long before = Receiver.ofThisJvm().strays();

        try (Jvm stranger = Jvm.start(Stranger.class, Receiver.ofThisJvm().place(), FLOOD)) {
            for (int message = 0; message < 200; message++) {
                requireWorking(near);
            }
            assertEquals(0, stranger.awaitEnd());
        }

        Receiver receiver = Receiver.ofThisJvm();
        eventually("all to be thrown away", () -> receiver.strays() >= before + FLOOD);
        requireWorking(near);
    }

    /** Sends values to all ends, those that are open among them, in its own name and from the first one in no one's. */
    static final class Stranger {

        private Stranger() {}

        public static void main(String[] args) throws Exception {
            SignalTarget target = SignalTarget.open(ReceiverPlace.parse(args[0]).orElseThrow());
            Envelope envelope = new Envelope();
            int sent = 0;
            while (sent < Integer.parseInt(args[1])) {
                long value = ((long) sent << 56) | 0x1234_0000_0000L;
                sent += target.send(envelope, value) == SignalTarget.Sent.YES ? 1 : 0;
            }
        }
    }

    @Test
    void aThreadIsReachedByItsDescriptorAndByItsNumber() throws Exception {
        Receiver receiver = Receiver.ofThisJvm();
        Envelope envelope = new Envelope();
        for (SignalTarget target :
                List.of(SignalTarget.open(receiver.place()), SignalTarget.openByNumber(receiver.place()))) {
            open(target);
            long before = receiver.strays();
            assertTrue(target.isAlive(envelope));

            assertEquals(SignalTarget.Sent.YES, target.send(envelope, 0));

            eventually("it to come", () -> receiver.strays() == before + 1);
        }
    }

    @Test
    void aThreadThatHasEndedIsGone() throws Exception {
        Jvm far = Jvm.start(Echo.class, address());
        accept(listen(), far);
        ReceiverPlace there = placeOf(far);
        List<SignalTarget> targets = List.of(open(SignalTarget.open(there)), open(SignalTarget.openByNumber(there)));

        far.kill();

        for (SignalTarget target : targets) {
            assertEquals(SignalTarget.Sent.GONE, target.send(new Envelope(), 0));
        }
        assertThrows(AccessDeniedException.class, () -> SignalTarget.open(there));
    }

    @Test
    void signalsToTheProcessAsAWholeAreIgnored() throws Exception {
        Connection near = accept(listen(), Jvm.start(Echo.class, address()));
        ReceiverPlace here = Receiver.ofThisJvm().place();

        for (int count = 0; count < 10; count++) {
            assertEquals(0, LibC.calls().kill((int) here.process().pid(), here.signal()));
        }

        requireWorking(near);
    }

    @Test
    void aFloodOfForeignSignalsDisturbsNoMessage() throws Exception {
        Jvm far = Jvm.start(HandlingEcho.class, address());
        Connection near = accept(listen(), far);
        String flood =
                "i=0; while [ $i -lt " + FLOOD + " ]; do kill -USR1 " + far.pid() + " || exit 1; i=$((i + 1)); done";

        try (Jvm foreign = Jvm.run("sh", "-c", flood)) {
            do {
                requireWorking(near);
            } while (foreign.process().isAlive());
            assertEquals(0, foreign.awaitEnd());
        }

        requireWorking(near);
        assertTrue(far.process().isAlive());
    }

    /** An echo that handles the signal which would end it. */
    static final class HandlingEcho {

        private HandlingEcho() {}

        public static void main(String[] args) {
            Signals.SignalHandling forEver = Signals.handle("USR1", () -> {});
            assertEquals("USR1", forEver.name());
            Echo.main(args);
        }
    }

    @Test
    void whoeverGreetsWronglyIsRefusedAndTheListenerLivesOn() throws Exception {
        Listener listener = listen();
        ReceiverPlace here = Receiver.ofThisJvm().place();
        ProcessIdentity me = here.process();
        String end = " end 1 window 0";
        for (String[] hello : new String[][] {
            {"hello", "expected ipckit-signal/1"},
            {"ipckit-signal/1 " + here + " end 128 window 0", "expected ipckit-signal/1"},
            {"ipckit-signal/1 " + here + " end 0 window 0", "expected ipckit-signal/1"},
            // A signal that would end the process, and that of which the system lets nobody say where.
            {
                "ipckit-signal/1 pid " + me.pid() + " start " + me.startTicks() + " thread " + here.thread()
                        + " signal 9" + end,
                "expected ipckit-signal/1"
            },
            // Somebody else has the pid now.
            {
                "ipckit-signal/1 pid " + me.pid() + " start " + (me.startTicks() - 1) + " thread " + here.thread()
                        + " signal " + here.signal() + end,
                "no process"
            },
            // A process that the signal would end, for it takes another one.
            {"ipckit-signal/1 " + new ReceiverPlace(me, here.thread(), here.signal() + 9) + end, "would end process"},
        }) {
            AccessDeniedException refused = assertThrows(
                    AccessDeniedException.class, () -> Lease.connect(address(), file(), Message.utf8(hello[0]), SOON));
            assertTrue(refused.getMessage().contains(hello[1]), refused.getMessage());
        }
        requireWorking(accept(listener, Jvm.start(Echo.class, address())));
    }

    // ---------------------------------------------------------------- the queue

    @Test
    void aShortQueueIsEnough() throws Exception {
        Connection near = accept(listen(), withQueue(200, Echo.class, address()));
        Message large = Message.of(new byte[60_000]);

        for (int count = 0; count < 20; count++) {
            near.send(large);
            assertEquals(large, near.receive(SOON).orElseThrow());
        }
    }

    @Test
    void whileStrangersFillTheQueueTheSenderWaits() throws Exception {
        Jvm far = withQueue(200, Echo.class, address());
        Connection near = accept(listen(), far);
        requireWorking(near);
        ReceiverPlace there = placeOf(far);
        Message message = Message.of(new byte[100]);
        AtomicInteger accepted = new AtomicInteger();
        assertEquals(0, Jvm.run("kill", "-STOP", String.valueOf(far.pid())).awaitEnd());
        eventually("it to stop", () -> isStopped(there.process().pid()));

        // Again and again: other processes of this user may take theirs off the queue meanwhile, which makes room.
        eventually("no room", () -> {
            fill(there);
            boolean taken = near.offer(message.asByteBuffer(), Duration.ZERO);
            accepted.addAndGet(taken ? 1 : 0);
            return !taken;
        });

        assertEquals(0, Jvm.run("kill", "-CONT", String.valueOf(far.pid())).awaitEnd());
        for (int count = 0; count < accepted.get(); count++) {
            near.flush();
            assertEquals(message, near.receive(SOON).orElseThrow());
        }
        requireWorking(near);
    }

    /** Queues values of a stranger as long as there is room. */
    private static void fill(ReceiverPlace place) {
        try (SignalTarget target = SignalTarget.open(place)) {
            Envelope envelope = new Envelope();
            SignalTarget.Sent sent = SignalTarget.Sent.YES;
            while (sent == SignalTarget.Sent.YES) {
                sent = target.send(envelope, 0);
            }
            assertEquals(SignalTarget.Sent.FULL, sent);
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    private static boolean isStopped(long pid) {
        try {
            return ProcessIdentity.read("/proc/" + pid + "/status").contains("\nState:\tT");
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    /** The other side's receiver is the thread that blocks the signal. */
    private static ReceiverPlace placeOf(Jvm jvm) throws IOException {
        ProcessIdentity process = ProcessIdentity.of(jvm.pid()).orElseThrow();
        int signal = Receiver.ofThisJvm().place().signal();
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + jvm.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (ProcessIdentity.read(thread.resolve("comm").toString()).startsWith("ipckit-signals")) {
                    return new ReceiverPlace(
                            process, Integer.parseInt(thread.getFileName().toString()), signal);
                }
            }
        }
        throw new AssertionError("it has no receiver");
    }

    private static Jvm withQueue(int length, Class<?> main, Object argument) throws IOException {
        Required.program("prlimit");
        return Jvm.run(
                "prlimit",
                "--sigpending=" + length,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument.toString());
    }

    @Test
    void aQueueThatIsTooShortIsAReason() throws Exception {
        try (Jvm jvm = withQueue(10, Available.class, "")) {
            String line = jvm.line();
            assertTrue(line.startsWith("false ") && line.contains("ulimit -i"), line);
        }
    }

    @Test
    void aMissingLibraryIsAReason() throws Exception {
        String[] with = System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1);
        String without = String.join(
                java.io.File.pathSeparator,
                Stream.of(with).filter(entry -> !entry.contains("jnr-ffi")).toList());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (Jvm jvm = Jvm.run(java, "-cp", without, Available.class.getName())) {
            String line = jvm.line();
            assertTrue(line.startsWith("false ") && line.contains("jnr-ffi is not on the class path"), line);
        }
    }

    /** Says whether the transport is available. */
    static final class Available {

        private Available() {}

        public static void main(String[] args) {
            var availability = new SignalTransport().availability();
            System.out.println(availability.available() + " " + availability.reason());
        }
    }

    @Test
    void allEndsTogetherHaveHalfTheQueueAtMost() {
        assertEquals(256, Receiver.window(96_551));
        assertEquals(256, Receiver.window(Long.MAX_VALUE));
        assertEquals(16, Receiver.window(100));
        for (long limit : new long[] {5_000, 10_000, 40_000, 65_536}) {
            assertTrue(Receiver.window(limit) * 127L <= limit / 2, "limit " + limit);
        }
    }

    // ---------------------------------------------------------------- the ends

    @Test
    void whenNoEndIsLeftConnectWaitsForOne() throws Exception {
        Receiver receiver = Receiver.ofThisJvm();
        eventually("the ends of the tests before", () -> receiver.openEnds() == 0);
        Listener listener = listen();
        List<Connection> pairs = new ArrayList<>();
        for (int pair = 0; pair < ValueFormat.MOST_ENDS / 2; pair++) {
            pairs.add(open(transport.connect(address(), SOON)));
            pairs.add(open(listener.accept(SOON).orElseThrow()));
        }

        ConnectFailedException refused =
                assertThrows(ConnectFailedException.class, () -> transport.connect(address(), SHORT));
        assertTrue(refused.getMessage().contains("127"), refused.getMessage());

        pairs.get(0).close();
        pairs.get(1).close();
        Connection next = open(transport.connect(address(), SOON));
        next.send(Message.utf8("room"));
        assertEquals(
                Message.utf8("room"),
                open(listener.accept(SOON).orElseThrow()).receive(SOON).orElseThrow());
    }

    @Test
    void theEndsAreFreeWhenBothSidesHaveClosedOrThePeerIsDead() throws Exception {
        Receiver receiver = Receiver.ofThisJvm();
        eventually("the ends of the tests before", () -> receiver.openEnds() == 0);
        Listener listener = listen();
        Connection closed = accept(listener, Jvm.start(Echo.class, address()));
        Jvm killed = Jvm.start(Echo.class, address());
        Connection lost = accept(listener, killed);
        Connection unaccepted = open(transport.connect(address(), SOON));
        assertEquals(4, receiver.openEnds());

        closed.close();
        eventually("the closed one", () -> receiver.openEnds() == 3);
        killed.kill();
        assertThrows(ConnectionClosedException.class, () -> lost.receive(SOON));
        lost.close();
        eventually("the lost one", () -> receiver.openEnds() == 2);
        listener.close();
        assertThrows(ConnectionClosedException.class, () -> unaccepted.receive(SOON));
        unaccepted.close();
        eventually("the one that nobody accepted", () -> receiver.openEnds() == 0);
    }

    @Test
    void aPeerKilledInTheMiddleOfAMessageLeavesOnlyWholeOnes() throws Exception {
        Listener listener = listen();
        for (int kill = 0; kill < KILLS; kill++) {
            Jvm far = Jvm.start(Talker.class, address());
            Connection near = accept(listener, far);
            for (int before = 0; before <= kill; before++) {
                requireOneByte(near.receive(SOON).orElseThrow());
            }

            far.kill();

            ConnectionClosedException end = assertThrows(ConnectionClosedException.class, () -> receiveForEver(near));
            assertEquals(ConnectionClosedException.By.LOSS, end.by());
        }
    }

    private static void receiveForEver(Connection near) {
        while (true) {
            requireOneByte(near.receive(SOON).orElseThrow());
        }
    }

    /** Each message is one byte again and again, and the next one is another. */
    private static void requireOneByte(Message message) {
        byte[] expected = new byte[Talker.SIZE];
        java.util.Arrays.fill(expected, message.asByteBuffer().get(0));
        assertEquals(Message.of(expected), message);
    }

    /** Sends large messages until it is killed. */
    static final class Talker {

        private static final int SIZE = 60_000;

        private Talker() {}

        public static void main(String[] args) {
            try (Connection connection = new SignalTransport().connect(Address.parse(args[0]), SOON)) {
                System.out.println("ready");
                byte[] bytes = new byte[SIZE];
                for (int number = 0; number < Integer.MAX_VALUE; number++) {
                    java.util.Arrays.fill(bytes, (byte) number);
                    connection.send(ByteBuffer.wrap(bytes));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void whoSendsMoreThanItMayIsFoundOut(int maxMessageBytes) {
        InboundValues in = new InboundValues(maxMessageBytes, 16);
        boolean seen = false;
        for (int value = 0; value < 100_000 && !seen; value++) {
            seen = in.add(ValueFormat.first(1, value)) && in.corruption().isPresent();
        }
        assertTrue(in.corruption().orElseThrow().contains("more than it was allowed"));
        assertEquals(1, in.nextSize());
    }
}
