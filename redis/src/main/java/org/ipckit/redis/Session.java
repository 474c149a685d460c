package org.ipckit.redis;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicReference;
import org.ipckit.transport.Address;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.ChannelSleeper;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.Waiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a server, on which commands go out without waiting for their answers, and answers and messages come
 * in the order in which the server has seen things happen: an answer says what was so after all messages that came
 * before it. One thread sends while another receives; nobody waits inside but in {@link #ask}, {@link #subscribe} and
 * {@link #await}.
 */
final class Session implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    static final int MOST_UNANSWERED = 1 << 16;
    static final long LOOK_FOR_ANSWERS_NANOS = 1_000_000;
    static final String CLOSED = "this side has closed the connection to the server";

    private final Address address;
    private final ByteStream stream;
    private final SessionEnd end = new SessionEnd();
    private final Replies replies;
    private final Commands commands;
    private final Sleeper untilArrival;
    private long lookedNanos;

    Session(Address address, ByteStream stream, int longestBytes) {
        this.address = address;
        this.stream = stream;
        this.replies = new Replies(stream, longestBytes, end);
        this.commands = new Commands(stream, replies, end, this::lookForOthers);
        this.untilArrival = new ChannelSleeper(stream.readable(), SelectionKey.OP_READ);
    }

    /** Returns what sleeps until something has come; it is this session's. */
    Sleeper untilArrival() {
        return untilArrival;
    }

    /** Returns what sleeps until there is room for more, or an answer where only that is missing. */
    Sleeper untilRoom() {
        return new RoomSleeper(commands, stream);
    }

    /** Says who takes messages from now on. */
    void onMessage(Arrival taker) {
        replies.onMessage(taker);
    }

    /** Returns why nothing more will come, null while something may. */
    IOException ended() {
        return end.reason();
    }

    // ---------------------------------------------------------------- out

    /** Sends a command; its answer is taken when it comes. */
    void send(Answer answer, Object... words) throws IOException {
        commands.add(answer, words);
    }

    /** Publishes a mark and the bytes of a message; false if there is no room for it now. */
    boolean publish(Answer answer, byte[] channel, byte mark, ByteBuffer message) throws IOException {
        lookForAnswers();
        return commands.publish(answer, channel, mark, message);
    }

    /** As {@link #publish}, without taking in what has come: there is no more room for that in this process. */
    boolean publishBlindly(Answer answer, byte[] channel, byte mark, ByteBuffer message) throws IOException {
        return commands.publish(answer, channel, mark, message);
    }

    /** Whoever only sends has to look now and then at what the server says to it. */
    private void lookForAnswers() {
        int unanswered = replies.unanswered();
        if (unanswered > 0) {
            long now = System.nanoTime();
            if (now - lookedNanos > LOOK_FOR_ANSWERS_NANOS || unanswered >= MOST_UNANSWERED) {
                lookedNanos = now;
                lookForOthers();
            }
        }
    }

    /** Writes on; returns true if nothing is left. */
    boolean drain() throws IOException {
        return commands.drain();
    }

    boolean isPending() {
        return commands.isPending();
    }

    /** Returns true if every command was answered. */
    boolean isAnswered() {
        return replies.unanswered() == 0;
    }

    // ---------------------------------------------------------------- in

    /** Takes in what has come, on behalf of whoever waits for it, who is woken. */
    void lookForOthers() {
        if (look()) {
            untilArrival.wake();
        }
    }

    /** Takes in what has come; returns true if anything has, or the session has ended by that. */
    boolean look() {
        return replies.look();
    }

    // ---------------------------------------------------------------- question and answer

    /**
     * Sends a command and waits for its answer.
     *
     * @throws IOException if the session ends before, or the deadline comes
     * @throws RefusedException if the server refuses it
     */
    Object ask(Deadline deadline, Object... words) throws IOException {
        AtomicReference<Object> answer = new AtomicReference<>();
        send(value -> answer.set(RespValues.copied(value)), words);
        await(() -> answer.get() != null, deadline, words[0]);
        if (answer.get() instanceof ServerError error) {
            throw new RefusedException(error);
        }
        return answer.get();
    }

    /** Waits until the server has answered everything before; returns its refusal if it refuses even this, or null. */
    ServerError ping(Deadline deadline) throws IOException {
        try {
            ask(deadline, "PING");
            return null;
        } catch (RefusedException answered) {
            return answered.error();
        }
    }

    /** Subscribes or unsubscribes, and waits until that is in effect. */
    void subscribe(Deadline deadline, String command, byte[] channel) throws IOException {
        int before = replies.confirmed();
        commands.addUnanswered(command, channel);
        await(() -> replies.confirmed() > before, deadline, command);
    }

    /** Waits until something is true that is made true by what comes. */
    void await(Waiter.Look condition, Deadline deadline, Object command) throws IOException {
        Waiter waiter = new Waiter(
                WaitStrategy.BLOCK, new AnswerSleeper(commands, untilArrival), "wait for the Redis server of", address);
        boolean came = waiter.await(
                () -> {
                    look();
                    return condition.look() || end.reason() != null;
                },
                deadline);
        if (condition.look()) {
            return;
        }
        if (end.reason() instanceof RefusedException refused) {
            throw refused;
        }
        end.requireNone();
        if (!came) {
            throw new NoAnswerException("the server has not answered " + command + " in time");
        }
    }

    /** Makes whoever waits inside give up for a reason; the session is still to be closed. */
    void abandon(String reason) {
        end.because(new IOException(reason));
        untilArrival.wake();
    }

    /** Ends it; no thread is inside any more. */
    @Override
    public void close() throws IOException {
        end.because(new IOException(CLOSED));
        untilArrival.close();
        stream.close();
    }

    /** As {@link #close}, for one that is of no more use, whose socket may be gone already. */
    void closeQuietly() {
        try {
            close();
        } catch (IOException gone) {
            LOG.debug("closing {}", this, gone);
        }
    }

    @Override
    public String toString() {
        return "Session[" + address + "]";
    }
}
