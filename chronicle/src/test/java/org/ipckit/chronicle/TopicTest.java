package org.ipckit.chronicle;

import static org.ipckit.testkit.Eventually.eventually;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is durable about durable topics: who stops goes on, files are kept as long as they are said to be. */
@Timeout(120)
class TopicTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    @TempDir
    private Path folder;

    private final AtomicLong clock = new AtomicLong(1_000_000 * MINUTE);
    private final ChronicleQueueTransport topics = new ChronicleQueueTransport(clock::get);

    private Address address(String options) {
        return Address.parse("chronicle-queue://" + folder.resolve("orders") + options);
    }

    private void publish(int from, int to, String options) {
        try (Publication publication = topics.publish(address(options))) {
            for (int i = from; i < to; i++) {
                publication.publish(Message.utf8("order " + i).asByteBuffer());
            }
        }
    }

    private void publish(int from, int to) {
        publish(from, to, "");
    }

    private static List<String> received(Subscription subscription, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(subscription.receive(patience()).orElseThrow().toUtf8());
        }
        return texts;
    }

    @Test
    void aConsumerThatComesBackGoesOnWhereItHasStopped() {
        publish(0, 5);
        try (Subscription first = topics.subscribe(address("?consumer=c&from=start"))) {
            assertEquals(List.of("order 0", "order 1"), received(first, 2));
        }

        try (Subscription again = topics.subscribe(address("?consumer=c"))) {
            assertEquals(List.of("order 2", "order 3", "order 4"), received(again, 3));
            assertTrue(again.receive(SHORT).isEmpty());
        }
        publish(5, 6);
        try (Subscription again = topics.subscribe(address("?consumer=c"))) {
            assertEquals(List.of("order 5"), received(again, 1));
        }
    }

    @Test
    void aNewConsumerOfAnEmptyTopicMissesNothingWhileItIsAway() {
        topics.subscribe(address("?consumer=c")).close();
        clock.addAndGet(3 * 24 * 60 * MINUTE);
        publish(0, 2);

        try (Subscription back = topics.subscribe(address("?consumer=c"))) {
            assertEquals(List.of("order 0", "order 1"), received(back, 2));
        }
    }

    @Test
    void fromSaysWhereToBegin() {
        publish(0, 3);
        try (Subscription start = topics.subscribe(address("?from=start"));
                Subscription end = topics.subscribe(address("?from=end"));
                Subscription newcomer = topics.subscribe(address("?consumer=new"))) {
            publish(3, 4);

            assertEquals(List.of("order 0", "order 1", "order 2", "order 3"), received(start, 4));
            assertEquals(List.of("order 3"), received(end, 1));
            assertEquals(List.of("order 3"), received(newcomer, 1));
        }
        try (Subscription rewound = topics.subscribe(address("?consumer=new&from=start"))) {
            assertEquals("order 0", received(rewound, 1).get(0));
        }
    }

    @Test
    void thereIsOneConsumerOfANameAtATime() {
        Subscription first = topics.subscribe(address("?consumer=c"));

        AddressInUseException refused =
                assertThrows(AddressInUseException.class, () -> topics.subscribe(address("?consumer=c")));

        assertTrue(refused.getMessage().contains("consumer=c"), refused.getMessage());
        first.close();
        topics.subscribe(address("?consumer=c")).close();
    }

    @Test
    void rolledFilesAreReadOneAfterTheOther() {
        try (Subscription subscription = topics.subscribe(address("?consumer=c&roll=minutely"))) {
            for (int i = 0; i < 5; i++) {
                publish(i, i + 1);
                clock.addAndGet(2 * MINUTE);
                assertEquals("order " + i, received(subscription, 1).get(0));
            }
        }
        publish(5, 6);
        try (Subscription again = topics.subscribe(address("?consumer=c"))) {
            assertEquals(List.of("order 5"), received(again, 1));
        }
    }

    @Test
    void rolledFilesThatEveryConsumerHasDoneWithAreRemovedIfThatIsSaid() throws Exception {
        try (Subscription slow = topics.subscribe(address("?consumer=slow&roll=minutely"));
                Subscription fast = topics.subscribe(address("?consumer=fast"));
                Publication publication = topics.publish(address("?keep=unread"))) {
            for (int i = 0; i < 4; i++) {
                publication.publish(Message.utf8("order " + i).asByteBuffer());
                clock.addAndGet(MINUTE);
                received(fast, 1);
            }
            assertEquals(4, files());
            Path first = ChronicleFixture.messageFiles(folder.resolve("orders")).get(0);
            assertEquals(List.of("order 0", "order 1", "order 2"), received(slow, 3));

            publication.publish(Message.utf8("order 4").asByteBuffer());

            // Which of them is done with is known up to the file where the last one is that was.
            assertFalse(Files.exists(first));
            assertEquals(4, files());
            assertEquals(List.of("order 3", "order 4"), received(slow, 2));
        }
    }

    @Test
    void filesThatAreTooOldAreRemovedIfThatIsSaid() throws Exception {
        topics.subscribe(address("?consumer=away&roll=minutely")).close();
        for (int i = 0; i < 10; i++) {
            publish(i, i + 1);
            clock.addAndGet(MINUTE);
        }
        try (Subscription leaving = topics.subscribe(address("?consumer=away"))) {
            assertEquals(List.of("order 0"), received(leaving, 1));
        }
        assertEquals(10, files());

        publish(10, 11, "?keep=3m");

        assertEquals(4, files());
        try (Subscription subscription = topics.subscribe(address("?from=start"))) {
            assertEquals(List.of("order 7", "order 8", "order 9", "order 10"), received(subscription, 4));
        }
        try (Subscription back = topics.subscribe(address("?consumer=away"))) {
            assertEquals(List.of("order 7"), received(back, 1));
        }
    }

    private int files() throws Exception {
        return ChronicleFixture.messageFiles(folder.resolve("orders")).size();
    }

    @Test
    void otherProgramsReadAndWriteTheQueueAsItIs() {
        publish(0, 1, "?roll=daily");
        try (Subscription subscription = topics.subscribe(address("?consumer=c&from=start"));
                ChronicleQueue queue =
                        ChronicleQueue.single(folder.resolve("orders").toString());
                ExcerptAppender appender = queue.createAppender();
                ExcerptTailer tailer = queue.createTailer()) {
            Bytes<?> bytes = Bytes.allocateElasticOnHeap();
            assertTrue(tailer.readBytes(bytes));
            assertEquals("order 0", new String(bytes.toByteArray(), StandardCharsets.UTF_8));
            assertEquals(List.of("order 0"), received(subscription, 1));

            appender.writeBytes(Bytes.from("from another program"));

            assertEquals(List.of("from another program"), received(subscription, 1));
        }
        try (ChronicleQueue queue =
                        ChronicleQueue.single(folder.resolve("orders").toString());
                ExcerptTailer named = queue.createTailer("c")) {
            assertFalse(named.readBytes(Bytes.allocateElasticOnHeap()), "a tailer of this name is where ours was");
        }
    }

    @Test
    void whoWaitsUsesNextToNoProcessorTimeAndIsRung() throws Exception {
        try (Subscription subscription = topics.subscribe(address(""));
                Publication publication = topics.publish(address(""))) {
            assertTrue(subscription.receive(SHORT).isEmpty());
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();

            assertTrue(subscription.receive(Duration.ofSeconds(1)).isEmpty());

            long used = threads.getCurrentThreadCpuTime() - before;
            assertTrue(used < 200_000_000, "used " + used + " ns in a second");
            Path bell = folder.resolve("orders/ipckit/bell/bell");
            assertEquals(0, Files.size(bell));
            publication.publish(Message.utf8("wake up").asByteBuffer());
            assertEquals(1, Files.size(bell), "somebody sleeps, and is rung");
            assertEquals(List.of("wake up"), received(subscription, 1));
        }
    }

    @Test
    void theWatchEndsWithTheLastSubscription() {
        Subscription one = topics.subscribe(address(""));
        Subscription other = topics.subscribe(address("-of-others"));
        one.close();
        publish(0, 1);
        other.close();

        eventually("the thread to end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("ipckit-bells")));
        topics.subscribe(address("")).close();
    }

    @Test
    void aTopicRollsAsWhoeverMadeItHasSaid() {
        publish(0, 1, "?roll=hourly");
        publish(1, 2);

        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> publish(2, 3, "?roll=minutely"));

        assertTrue(refused.getMessage().contains("roll="), refused.getMessage());
        try (Subscription subscription = topics.subscribe(address("?from=start"))) {
            assertEquals(List.of("order 0", "order 1"), received(subscription, 2));
        }
    }

    @Test
    void aTruncatedFileIsAClearError() throws Exception {
        publish(0, 1000);
        Path file = ChronicleFixture.messageFiles(folder.resolve("orders")).get(0);
        byte[] all = Arrays.copyOf(Files.readAllBytes(file), 1 << 20);

        for (int size : new int[] {0, 100, 5000}) {
            Files.write(file, Arrays.copyOf(all, size));

            assertRefused(file, "truncated");
        }
    }

    @Test
    void aQueueOfAnotherVersionIsAClearError() throws Exception {
        publish(0, 1);
        Path file = ChronicleFixture.messageFiles(folder.resolve("orders")).get(0);
        byte[] ours = Files.readAllBytes(file);
        byte[] other = ours.clone();
        other[new String(other, 0, 512, StandardCharsets.ISO_8859_1).indexOf("dataFormat") + 11] = 2;

        Files.write(file, other);
        assertRefused(file, "another version");
        Files.writeString(file, "dear diary, today I have made a queue of my own");
        assertRefused(file, "another version");

        Files.write(file, ours);
        Path metadata = folder.resolve("orders/metadata.cq4t");
        Files.writeString(metadata, "dear diary, today I have made a queue of my own");
        assertRefused(metadata, "another version");
    }

    private void assertRefused(Path file, String reason) {
        for (TransportException refused : List.of(
                assertThrows(MechanismException.class, () -> topics.subscribe(address("?from=start"))),
                assertThrows(MechanismException.class, () -> topics.publish(address(""))))) {
            assertTrue(refused.getMessage().contains(address("").toString()), refused.getMessage());
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        }
    }

    @Test
    void aFileInThePlaceOfTheTopicIsNotTouched() throws Exception {
        Files.writeString(folder.resolve("orders"), "somebody's diary");

        assertThrows(TransportException.class, () -> topics.publish(address("")));
        assertThrows(TransportException.class, () -> topics.subscribe(address("")));

        assertEquals("somebody's diary", Files.readString(folder.resolve("orders")));
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        for (String options : List.of(
                "?from=last", "?consumer=", "?consumer=a/b", "?from=middle", "?roll=often", "?keep=some", "?keep=7")) {
            assertThrows(InvalidAddressException.class, () -> topics.capabilities(address(options)), options);
        }
    }
}
