package org.ipckit.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A two-way exchange of messages with one peer.
 *
 * <p>One thread may send while another receives and a third closes; more at a time need {@link Connections#shared}.
 * Messages arrive whole and in the order they were sent.
 *
 * <p><b>Time-outs.</b> {@link Duration#ZERO} looks once, {@link Waits#FOREVER} waits for ever, a negative one is an
 * {@link IllegalArgumentException}. A wait never ends early without a result, and one that ends without a result leaves
 * the connection as it was.
 *
 * <p><b>Interrupts.</b> An interrupt ends a wait with {@link InterruptedWaitException}; the flag stays set and the
 * connection stays usable. A flag that is set before a call with a time-out other than zero ends that call at once.
 *
 * <p><b>The end.</b> After {@link #close} every call but {@code close}, {@code isOpen}, {@code address},
 * {@code capabilities} and {@code peer} throws {@link ConnectionClosedException} by {@code THIS_SIDE}. When the peer is
 * gone, everything it sent before is received first; then {@code receive} and {@code poll} throw
 * {@code ConnectionClosedException} by {@code PEER}, or by {@code LOSS} when it went in the middle of a message or
 * without the goodbye the mechanism has. A send that fails never discards what can still be received.
 */
public interface Connection extends AutoCloseable {

    /**
     * Sends the bytes between position and limit as one message; the buffer is read, not consumed, and is the
     * caller's again when the method returns.
     *
     * <p>The time-out is for room to begin. Once the mechanism has taken any byte the message is accepted: the time
     * that is left is used to move the rest, and what has not gone by then stays in the connection and moves in the
     * next {@code offer}, {@code send}, {@code claim}, {@code flush} or {@code close}. Until it has gone,
     * {@code offer} has no room. So before waiting for an answer to a message offered with a short time-out, call
     * {@link #flush}.
     *
     * @param message a buffer of any kind, with at most {@link Capabilities#maxMessageSize()} bytes; none is a message
     *     too
     * @param timeout the longest to wait for room; {@link Duration#ZERO} tries once
     * @return false if there was no room in that time, and then nothing was sent
     * @throws MessageTooLargeException if the message is too large; nothing was sent and the connection still works
     * @throws ConnectionClosedException if either side has closed
     * @throws IllegalStateException if a claim is open
     */
    boolean offer(ByteBuffer message, Duration timeout);

    /**
     * Waits for the next message.
     *
     * @return the message, the caller's for ever; empty if none came in that time
     * @throws ConnectionClosedException if this side has closed, or the peer is gone and all it sent was received
     * @throws CorruptMessageException if the peer sent bytes that are not our protocol; the connection has ended
     * @throws IllegalStateException inside a handler of {@link #poll}
     */
    Optional<Message> receive(Duration timeout);

    /**
     * Hands over the messages that are there, at most {@code limit}, and never waits.
     *
     * <p>The handler's buffer is lent: it is read-only, big-endian, from position 0 to the size of the message, and
     * holds the message only until the handler returns. A handler that throws has consumed its message; the poll ends
     * and the exception is passed on.
     *
     * @param limit at least 1
     * @return how many messages were handed over
     * @throws ConnectionClosedException as {@link #receive(Duration)}, when no message was left to hand over
     * @throws CorruptMessageException as {@link #receive(Duration)}
     * @throws IllegalStateException inside a handler
     */
    int poll(MessageHandler handler, int limit);

    /**
     * Waits for the next message as {@link #receive(Duration)} does and hands it over as {@link #poll(MessageHandler,
     * int)} does, together with those that have come by then.
     *
     * @param limit at least 1
     * @param timeout the longest to wait for the first
     * @return how many messages were handed over; 0 if none came in that time
     * @throws ConnectionClosedException as {@link #receive(Duration)}, when no message was left to hand over
     * @throws CorruptMessageException as {@link #receive(Duration)}
     * @throws InterruptedWaitException as {@link #receive(Duration)}
     * @throws IllegalStateException inside a handler
     */
    int poll(MessageHandler handler, int limit, Duration timeout);

    /**
     * Lends memory to write a message in place. There is one claim at a time, and until it is committed or closed
     * nothing else can be sent.
     *
     * @param sizeBytes the most the message will have, at most {@link Capabilities#maxMessageSize()}; up to
     *     {@link Capabilities#inPlaceSize()} nothing is copied on the way out
     * @param timeout the longest to wait for room; what is left of it may be used by {@link Claim#commit}
     * @return the claim, or null if there was no room in that time
     * @throws MessageTooLargeException if the size is too large; the connection still works
     * @throws ConnectionClosedException if either side has closed
     * @throws IllegalStateException if a claim is open already
     */
    Claim claim(int sizeBytes, Duration timeout);

    /**
     * Moves everything that was accepted out of this process, waiting as long as that takes.
     *
     * @throws ConnectionClosedException if either side has closed
     */
    void flush();

    /** Returns false once this side has closed or a call has reported that the peer is gone. */
    boolean isOpen();

    /**
     * Closes this side: moves out what was accepted (for at most one second), tells the peer, wakes every waiting call
     * and gives everything back. Any thread may call it, any number of times.
     */
    @Override
    void close();

    /** Returns the address this connection was made with. */
    Address address();

    /** Returns what this connection promises. */
    Capabilities capabilities();

    /** Returns who is at the other end as far as the kernel says; never what the peer claims itself. */
    default Optional<Peer> peer() {
        return Optional.empty();
    }

    /** Sends the message, waiting for room as long as it takes. See {@link #offer}. */
    default void send(Message message) {
        send(message.asByteBuffer());
    }

    /** Sends the bytes between position and limit, waiting for room as long as it takes. See {@link #offer}. */
    default void send(ByteBuffer message) {
        offer(message, Waits.FOREVER);
    }

    /** Waits for the next message as long as it takes. See {@link #receive(Duration)}. */
    default Message receive() {
        return receive(Waits.FOREVER).orElseThrow();
    }
}
