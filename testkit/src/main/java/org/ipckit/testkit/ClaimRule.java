package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Message;

/** A message is written in place, all of it or none. */
@Promise(Rule.CLAIM)
interface ClaimRule {

    @ContractTest
    default void aClaimIsSentByCommitAsFarAsItSays(Stage stage) {
        Pair pair = stage.pair();

        try (Claim claim = claim(pair.near(), 100)) {
            ByteBuffer buffer = claim.buffer();
            assertEquals(0, buffer.position());
            assertEquals(100, buffer.remaining());
            assertEquals(ByteOrder.BIG_ENDIAN, buffer.order());
            assertFalse(buffer.isReadOnly());
            buffer.put(UTF_8.encode("thirteen byte")).put(new byte[87]);
            claim.commit(13);
        }

        assertEquals("thirteen byte", pair.far().hear());
        pair.requireWorking();
    }

    @ContractTest
    default void aClaimThatIsClosedWasNeverThere(Stage stage) {
        Pair pair = stage.pair();

        try (Claim claim = claim(pair.near(), 100)) {
            claim.buffer().put(new byte[100]);
        }
        claim(pair.near(), stage.atMost(100_000)).close();

        pair.requireWorking();
    }

    @ContractTest
    default void whileAClaimIsOpenNothingElseIsSent(Stage stage) {
        Pair pair = stage.pair();
        Connection near = pair.near();
        try (Claim claim = claim(near, 5)) {
            assertThrows(IllegalStateException.class, () -> near.claim(5, patience()));
            assertThrows(IllegalStateException.class, () -> near.offer(ByteBuffer.allocate(5), patience()));
            assertThrows(IllegalStateException.class, () -> near.offer(ByteBuffer.allocate(5), Duration.ZERO));

            claim.buffer().put(UTF_8.encode("claim"));
            claim.commit(5);
        }

        assertEquals("claim", pair.far().hear());
        pair.requireWorking();
    }

    @ContractTest
    default void moreThanWasClaimedCannotBeCommitted(Stage stage) {
        Pair pair = stage.pair();
        try (Claim claim = claim(pair.near(), 5)) {
            assertThrows(IllegalArgumentException.class, () -> claim.commit(6));
            assertThrows(IllegalArgumentException.class, () -> claim.commit(-1));

            claim.buffer().put(UTF_8.encode("still"));
            claim.commit(5);

            assertThrows(IllegalStateException.class, () -> claim.commit(5));
        }

        assertEquals("still", pair.far().hear());
        assertThrows(IllegalArgumentException.class, () -> pair.near().claim(-1, patience()));
        pair.requireWorking();
    }

    @ContractTest
    default void aMessageMayComeWhileAClaimIsOpen(Stage stage) {
        Pair pair = stage.pair();
        try (Claim claim = claim(pair.near(), 5)) {
            pair.far().say("meanwhile");
            assertEquals(Message.utf8("meanwhile"), Traffic.next(pair.near()));
            claim.buffer().put(UTF_8.encode("claim"));
            claim.commit(5);
        }
        assertEquals("claim", pair.far().hear());
    }

    @ContractTest(fromBothSides = false)
    default void aClaimEndsWithItsConnection(Stage stage) {
        Pair pair = stage.pair();
        Claim claim = claim(pair.near(), 100);

        pair.near().close();

        ConnectionClosedException end = assertThrows(ConnectionClosedException.class, () -> claim.commit(100));
        assertEquals(By.THIS_SIDE, end.by());
        claim.close();
    }

    private static Claim claim(Connection connection, int size) {
        Claim claim = connection.claim(size, patience());
        if (claim == null) {
            throw new AssertionError("no room to claim " + size + " bytes");
        }
        return claim;
    }
}
