package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ipckit.transport.Claim;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A claim is written in place, and sent when it is committed. */
@Timeout(120)
class DuplexClaimTest extends DuplexFixture {

    @Test
    void aClaimIsSentWhenItIsCommittedAndNotWhenItIsClosed() {
        try (Claim claim = connection.claim(10, ZERO)) {
            claim.buffer().put(hello());
            claim.commit(5);
        }
        connection.claim(3, ZERO).close();

        assertEquals(List.of(HELLO), outbox.taken);
        assertEquals(1, outbox.aborted);
    }

    @Test
    void whileAClaimIsOpenNothingElseIsSent() {
        Claim claim = connection.claim(10, ZERO);

        assertThrows(IllegalStateException.class, () -> connection.offer(hello(), ZERO));
        assertThrows(IllegalStateException.class, () -> connection.claim(1, ZERO));
        assertThrows(IllegalStateException.class, connection::flush);

        claim.commit(0);
        assertTrue(connection.offer(hello(), ZERO));
        assertEquals(List.of(Message.of(), HELLO), outbox.taken);
    }

    @Test
    void aClaimThatHasEndedIsOfNoUse() {
        Claim claim = connection.claim(10, ZERO);
        claim.commit(1);

        assertThrows(IllegalStateException.class, claim::buffer);
        assertThrows(IllegalStateException.class, () -> claim.commit(1));
        claim.close();
        assertEquals(0, outbox.aborted);
    }

    @Test
    void aCommitOfMoreThanWasClaimedIsRefusedAndTheClaimStaysOpen() {
        Claim claim = connection.claim(10, ZERO);

        assertThrows(IllegalArgumentException.class, () -> claim.commit(11));
        assertThrows(IllegalArgumentException.class, () -> claim.commit(-1));
        claim.buffer().put(hello());
        claim.commit(5);

        assertEquals(List.of(HELLO), outbox.taken);
    }

    @Test
    void aClaimWithoutRoomIsNullAndOneOfAWrongSizeIsRefused() {
        outbox.room = 0;

        assertNull(connection.claim(1, ZERO));
        assertNull(connection.claim(1, ofMillis(5)));
        assertThrows(IllegalArgumentException.class, () -> connection.claim(-1, ZERO));
        assertThrows(MessageTooLargeException.class, () -> connection.claim(101, ZERO));
    }

    @Test
    void aCommitAfterThisSideHasClosedSendsNothing() {
        Claim claim = connection.claim(10, ZERO);
        connection.close();
        assertEquals(1, released.get());

        assertEquals(By.THIS_SIDE, closedBy(() -> claim.commit(1)));
        claim.close();

        assertEquals(List.of(), outbox.taken);
        assertEquals(0, outbox.aborted, "the outbox belongs to whoever closes");
    }
}
