package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ipckit.signals.ServiceState.Change;
import org.ipckit.transport.AddressInUseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceStateTest {

    private static final int TOGGLES = 1000;

    private final List<Change> changes = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private ServiceState state;

    @BeforeEach
    void open() {
        state = ServiceState.of(PidDirectory.at(folder));
    }

    private Change last() {
        return changes.isEmpty() ? new Change(false, 0) : changes.get(changes.size() - 1);
    }

    @Test
    void aServiceOfWhichNothingWasSaidCountsAsRunning() {
        try (ServiceState.Observer observer = state.observe(changes::add)) {
            assertTrue(observer.isRunning());
            assertEquals(List.of(), changes);
        }
    }

    @Test
    void eachChangeIsTold() {
        try (ServiceState.Observer observer = state.observe(changes::add)) {
            ServiceState.Publisher publisher = state.publish();
            assertEquals(
                    List.of(ProcessHandle.current().pid()),
                    publisher.lastReport().signalled());
            eventually("up", () -> changes.equals(List.of(new Change(true, 1))));
            assertTrue(observer.isRunning());

            publisher.set(false);
            eventually("down", () -> last().equals(new Change(false, 2)));
            assertFalse(observer.isRunning());

            publisher.set(true);
            eventually("up again", () -> last().equals(new Change(true, 3)));

            publisher.close();
            publisher.close();
            eventually("closed", () -> last().equals(new Change(false, 4)));
            assertFalse(observer.isRunning());
            assertThrows(IllegalStateException.class, () -> publisher.set(true));
        }
    }

    @Test
    void whoComesLaterSeesWhatWasSaidBefore() {
        try (ServiceState.Publisher publisher = state.publish()) {
            publisher.set(false);
            try (ServiceState.Observer observer = state.observe(changes::add)) {
                assertFalse(observer.isRunning());
                assertEquals(List.of(), changes);
            }
        }
    }

    @Test
    void noToggleIsLostHoweverFastTheyCome() {
        try (ServiceState.Observer observer = state.observe(changes::add);
                ServiceState.Publisher publisher = state.publish()) {
            for (int toggle = 0; toggle < TOGGLES; toggle++) {
                publisher.set(toggle % 2 == 0);
            }

            eventually("the last change", () -> last().equals(new Change(false, TOGGLES + 1)));

            assertFalse(observer.isRunning());
            for (int i = 1; i < changes.size(); i++) {
                assertTrue(changes.get(i - 1).number() < changes.get(i).number(), changes.toString());
            }
        }
    }

    @Test
    void aForeignSignalChangesNothing() throws Exception {
        try (ServiceState.Observer observer = state.observe(changes::add);
                ServiceState.Publisher publisher = state.publish()) {
            eventually("up", () -> last().equals(new Change(true, 1)));
            publisher.set(false);
            eventually("down", () -> last().equals(new Change(false, 2)));

            for (String signal : List.of("-USR1", "-WINCH", "-USR1")) {
                assertEquals(
                        0,
                        Jvm.run(
                                        "kill",
                                        signal,
                                        String.valueOf(ProcessHandle.current().pid()))
                                .awaitEnd());
            }
            publisher.set(true);

            eventually("up", () -> last().equals(new Change(true, 3)));
            assertEquals(3, changes.size(), changes.toString());
            assertTrue(observer.isRunning());
        }
    }

    @Test
    void aServiceThatKeepsNoFileIsTakenAtItsWord() throws Exception {
        try (ServiceState.Observer observer = state.observe(changes::add)) {
            state.directory().signal("WINCH");
            eventually("down", () -> changes.equals(List.of(new Change(false, 0))));
            assertFalse(observer.isRunning());

            state.directory().signal("USR1");
            eventually("up", () -> last().running());
            assertTrue(observer.isRunning());
        }
    }

    @Test
    void aServiceThatWasKilledIsNotRunningAndAnotherTakesItsPlace() throws Exception {
        try (ServiceState.Observer observer = state.observe(changes::add)) {
            try (Jvm service = Jvm.start(Service.class, folder)) {
                service.awaitLine("up");
                eventually("up", () -> last().equals(new Change(true, 1)));
                assertTrue(observer.isRunning());
                assertThrows(AddressInUseException.class, state::publish);

                service.kill();
            }
            assertFalse(observer.isRunning());

            try (ServiceState.Publisher next = state.publish()) {
                assertTrue(observer.isRunning());
                assertEquals(1, next.lastReport().signalled().size());
            }
            assertFalse(observer.isRunning());
        }
    }

    @Test
    void aServiceWhosePidIsAnotherProcessesNowIsNotRunning() throws Exception {
        Files.writeString(
                folder.resolve("state"),
                "running 5 pid " + ProcessHandle.current().pid() + " start 1\n");

        try (ServiceState.Observer observer = state.observe(changes::add)) {
            assertFalse(observer.isRunning());
            state.publish().close();
            eventually("the change after", () -> last().number() == 7);
        }
    }

    @Test
    void observersAreProcessesOfTheirOwn() throws Exception {
        try (Jvm first = Jvm.start(Client.class, folder);
                Jvm second = Jvm.start(Client.class, folder)) {
            first.awaitLine("ready");
            second.awaitLine("ready");

            ServiceState.Publisher publisher = state.publish();

            assertEquals(2, publisher.lastReport().signalled().size());
            first.awaitLine("true 1");
            second.awaitLine("true 1");
            first.kill();
            publisher.close();
            second.awaitLine("false 2");
            assertEquals(List.of(second.pid()), publisher.lastReport().signalled());
            assertEquals(1, publisher.lastReport().skipped().size());
        }
    }

    @Test
    void oneSignalCannotSayBoth() {
        assertThrows(IllegalArgumentException.class, () -> new ServiceState(state.directory(), "USR1", "SIGUSR1"));
        assertNotEquals(state, new ServiceState(state.directory(), "URG", "WINCH"));
    }

    /** Is up until it is killed. */
    static final class Service {

        private Service() {}

        public static void main(String[] args) throws Exception {
            try (ServiceState.Publisher publisher =
                    ServiceState.of(PidDirectory.at(Path.of(args[0]))).publish()) {
                System.out.println("up");
                System.in.readAllBytes();
                publisher.set(false);
            }
        }
    }

    /** Says what it sees. */
    static final class Client {

        private Client() {}

        public static void main(String[] args) throws Exception {
            try (ServiceState.Observer observer = ServiceState.of(PidDirectory.at(Path.of(args[0])))
                    .observe(change -> System.out.println(change.running() + " " + change.number()))) {
                System.out.println(observer.isRunning() ? "ready" : "down");
                System.in.readAllBytes();
            }
        }
    }
}
