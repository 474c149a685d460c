package org.ipckit.pipes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that die on their way, and whatever else is written to the address, harm nobody. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeStrangersTest extends PipeFixture {

    @Test
    void aClientThatDiedBeforeItAskedLeavesNothingForEver() throws IOException {
        Listener listener = transport.listen(at(""));
        new Stranger(file()).close();
        new Stranger(file()).listens().close();
        assertEquals(7, files().size());

        listener.close();

        assertEquals(List.of(), files());
    }

    @Test
    void aClientThatDiedWhenItHadAskedLeavesNothing() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            new Stranger(file()).asks().close();

            eventuallyOnly("p", "p.owner", "p.pairs");
            requireWorking(listener);
        }
    }

    @Test
    void aClientThatDiedWhenItWasGreetedLeavesNothing() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            new Stranger(file()).listens().asks().isGreeted().close();
            eventuallyOnly("p", "p.owner", "p.pairs");

            new Stranger(file()).listens().asks().isGreeted().opens().close();
            eventuallyOnly("p", "p.owner", "p.pairs");

            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            requireWorking(listener);
        }
    }

    @Test
    void aClientThatGaveUpIsForgotten() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            Stranger stranger = new Stranger(file()).listens();
            stranger.pair().unlink();
            stranger.asks();

            requireWorking(listener);
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            stranger.close();
        }
    }

    @Test
    void aGreetingThatIsNoneEndsThatNewcomerOnly() throws IOException {
        try (Listener listener = transport.listen(at(""));
                Stranger stranger =
                        new Stranger(file()).listens().asks().isGreeted().opens()) {
            stranger.write(US_ASCII.encode("HELO"));

            eventuallyOnly("p", "p.owner", "p.pairs");
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            requireWorking(listener);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\nipckit-pipe/1 ",
                "\nipckit-pipe/1 0123",
                "\nipckit-pipe/1 ../../../../../../../../etc/passwd\n",
                "\nipckit-pipe/1 /////////////////////////////////\n",
                "\nipckit-pipe/1 0123456789abcdef0123456789abcdef\n",
                "\nipckit-pipe/2 0123456789abcdef0123456789abcdef\n",
                "\nipckit-pipe/1 0123456789ABCDEF0123456789ABCDEF\n"
            })
    void whatIsNoRequestDoesNoHarmToTheNext(String words) {
        try (Listener listener = transport.listen(at(""))) {
            Stranger.write(file(), UTF_8.encode(words));
            requireWorking(listener);
            Stranger.write(file(), UTF_8.encode(words + words + words));
            requireWorking(listener);
        }
    }

    @Test
    void aFloodOfGarbageDoesNoHarm() {
        try (Listener listener = transport.listen(at(""))) {
            Random random = new Random(42);
            byte[] garbage = new byte[NamedPipe.ATOMIC_BYTES];
            for (int count = 0; count < 500; count++) {
                random.nextBytes(garbage);
                Stranger.write(file(), ByteBuffer.wrap(garbage, 0, 1 + random.nextInt(garbage.length)));
            }
            requireWorking(listener);
        }
    }

    @Test
    void aRequestForSomethingThatIsNoFifoOfOursIsPassedOver() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            Path diary = Files.writeString(folder.resolve("diary"), "private");
            Path foreign = NamedPipe.create(folder.resolve("foreign")).path();
            Token file = Token.random();
            Files.writeString(folder.resolve("p.pairs").resolve(file.up()), "");
            Token linkToFile = Token.random();
            Files.createSymbolicLink(folder.resolve("p.pairs").resolve(linkToFile.up()), diary);
            Token linkToFifo = Token.random();
            Files.createSymbolicLink(folder.resolve("p.pairs").resolve(linkToFifo.up()), foreign);
            Stranger half = new Stranger(file());
            Files.delete(half.pair().toClient());
            Files.createSymbolicLink(half.pair().toClient(), diary);

            for (Token token : List.of(file, linkToFile, linkToFifo)) {
                Stranger.write(file(), token.request());
            }
            half.asks();
            requireWorking(listener);

            assertEquals("private", Files.readString(diary));
            assertFalse(NamedPipe.at(foreign).hasReader());
            assertTrue(Files.exists(folder.resolve("p.pairs").resolve(file.up()), LinkOption.NOFOLLOW_LINKS));
            for (Token token : List.of(file, linkToFile, linkToFifo)) {
                Files.delete(folder.resolve("p.pairs").resolve(token.up()));
            }
            half.pair().unlink();
        }
        assertEquals(List.of("diary", "foreign"), files());
    }

    @Test
    void aFifoOfAnotherUserIsPassedOver() throws IOException {
        Required.that("root".equals(System.getProperty("user.name")), "only root may give files away");
        try (Listener listener = transport.listen(at(""))) {
            Stranger stranger = new Stranger(file()).listens();
            Files.setAttribute(stranger.pair().toListener(), "unix:uid", 65534);
            stranger.asks();

            requireWorking(listener);
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            stranger.close();
        }
    }

    @Test
    void theAddressOfAnotherUserIsNotConnectedTo() throws IOException {
        Required.that("root".equals(System.getProperty("user.name")), "only root may give files away");
        try (Listener listener = transport.listen(at(""))) {
            Files.setAttribute(file(), "unix:uid", 65534);

            AccessDeniedException refused =
                    assertThrows(AccessDeniedException.class, () -> transport.connect(at(""), SOON));

            assertTrue(refused.getMessage().contains("65534"), refused.getMessage());
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
        }
    }
}
