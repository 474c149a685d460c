package org.ipckit.redis;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.Address;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.ChannelSleeper;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.Waiter;

/**
 * One connection to a server, on which commands go out without waiting for their answers, and answers and messages come
 * in the order in which the server has seen things happen: an answer says what was so after all messages that came
 * before it. One thread sends while another receives; nobody waits inside but in {@link #ask}.
 */
final class Session implements Closeable {

    /** Takes the answer to one command, on whichever thread has read it; strings of bytes are lent. */
    @FunctionalInterface
    interface Answer {
        void take(Object value);
    }

    /** Takes what comes to a channel, on whichever thread has read it. */
    @FunctionalInterface
    interface Arrival {
        /** Takes one message; both buffers are lent. */
        void message(ByteBuffer channel, ByteBuffer message);
    }

    static final String CLOSED = "this side has closed the connection to the server";

    private static final Arrival NOBODY = (channel, message) -> {};

    /** More may wait to be written, or unanswered, only while the server is slower than we are. */
    private static final int MOST_PENDING_BYTES = 32 << 20;

    private static final int MOST_UNANSWERED = 1 << 16;
    private static final long LOOK_FOR_ANSWERS_NANOS = 1_000_000;

    private final Address address;
    private final ByteStream stream;
    private final RespReader reader;
    private final RespWriter writer = new RespWriter();
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger confirmed = new AtomicInteger();
    private final Sleeper untilArrival;
    private volatile Arrival arrival = NOBODY;
    private volatile IOException ended;
    private volatile boolean pending;
    private long lookedNanos;

    Session(Address address, ByteStream stream, int longestBytes) {
        this.address = address;
        this.stream = stream;
        this.reader = new RespReader(longestBytes);
        this.untilArrival = new ChannelSleeper(stream.readable(), SelectionKey.OP_READ);
    }

    /** Returns what sleeps until something has come; it is this session's. */
    Sleeper untilArrival() {
        return untilArrival;
    }

    /** Returns what sleeps until there is room for more, or an answer where only that is missing. */
    Sleeper untilRoom() {
        return new RoomSleeper();
    }

    /** Says who takes messages from now on. */
    void onMessage(Arrival taker) {
        arrival = taker;
    }

    /** Returns why nothing more will come, null while something may. */
    IOException ended() {
        return ended;
    }

    // ---------------------------------------------------------------- out

    /** Sends a command; its answer is taken when it comes. */
    void send(Answer answer, Object... words) throws IOException {
        writing.lock();
        try {
            requireAlive();
            expect(answer);
            writer.command(words);
            writePending();
        } finally {
            writing.unlock();
        }
    }

    /** Publishes a mark and the bytes of a message; false if there is no room for it now. */
    boolean publish(Answer answer, byte[] channel, byte mark, ByteBuffer message) throws IOException {
        lookForAnswers();
        return publishBlindly(answer, channel, mark, message);
    }

    /** As {@link #publish}, without taking in what has come: there is no more room for that in this process. */
    boolean publishBlindly(Answer answer, byte[] channel, byte mark, ByteBuffer message) throws IOException {
        writing.lock();
        try {
            requireAlive();
            if (!hasRoom(message.remaining())) {
                return false;
            }
            expect(answer);
            writer.publish(channel, mark, message);
            writePending();
            return true;
        } finally {
            writing.unlock();
        }
    }

    private boolean hasRoom(int sizeBytes) throws IOException {
        if (unanswered.get() >= MOST_UNANSWERED) {
            return false;
        }
        if (pending && writer.pending().remaining() + sizeBytes > MOST_PENDING_BYTES) {
            writePending();
        }
        return !pending || writer.pending().remaining() + sizeBytes <= MOST_PENDING_BYTES;
    }

    private void expect(Answer answer) {
        unanswered.incrementAndGet();
        answers.add(answer);
    }

    /** Whoever only sends has to look now and then at what the server says to it. */
    private void lookForAnswers() {
        if (unanswered.get() > 0) {
            long now = System.nanoTime();
            if (now - lookedNanos > LOOK_FOR_ANSWERS_NANOS || unanswered.get() >= MOST_UNANSWERED) {
                lookedNanos = now;
                lookForOthers();
            }
        }
    }

    /** Writes on; returns true if nothing is left. */
    boolean drain() throws IOException {
        writing.lock();
        try {
            requireAlive();
            return writePending();
        } finally {
            writing.unlock();
        }
    }

    private boolean writePending() throws IOException {
        ByteBuffer left = writer.pending();
        try {
            while (left.hasRemaining() && stream.write(left) > 0) {
                // The condition does it all.
            }
            pending = !stream.flush() || left.hasRemaining();
            return !pending;
        } catch (IOException refused) {
            // What the server has said before it went may explain it.
            lookForOthers();
            throw end(refused);
        }
    }

    boolean isPending() {
        return pending;
    }

    /** Returns true if every command was answered. */
    boolean isAnswered() {
        return unanswered.get() == 0;
    }

    private void requireAlive() throws IOException {
        if (ended != null) {
            throw new IOException(ended.getMessage(), ended);
        }
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
        if (ended != null || !reading.tryLock()) {
            return false;
        }
        try {
            boolean any = false;
            while (ended == null && readOnce()) {
                any = true;
            }
            return any || ended != null;
        } finally {
            reading.unlock();
        }
    }

    private boolean readOnce() {
        try {
            int count = stream.read(reader.space());
            reader.filled();
            if (count < 0) {
                end(new EOFException("the server has closed the connection"));
                return true;
            }
            for (Object value = count == 0 ? null : reader.next(); value != null; value = reader.next()) {
                take(value);
            }
            return count > 0;
        } catch (IOException refused) {
            end(refused);
            return true;
        }
    }

    private void take(Object value) {
        if (value instanceof RespReader.Push push) {
            takePush(push.parts());
            return;
        }
        Answer answer = answers.poll();
        unanswered.decrementAndGet();
        if (answer == null) {
            // A subscription that is refused is answered like this, and a server that ends a client says so.
            end(
                    value instanceof ServerError error
                            ? new RefusedException(error)
                            : new IOException("the server says " + value));
        } else {
            answer.take(value);
        }
    }

    private void takePush(List<Object> parts) {
        switch (text(parts.get(0))) {
            case "message" -> arrival.message((ByteBuffer) parts.get(1), (ByteBuffer) parts.get(2));
            case "pmessage" -> arrival.message((ByteBuffer) parts.get(2), (ByteBuffer) parts.get(3));
            case "subscribe", "psubscribe", "unsubscribe", "punsubscribe" -> confirmed.incrementAndGet();
            default -> {
                // Such as that keys have changed, which nobody has asked for.
            }
        }
    }

    private IOException end(IOException reason) {
        if (ended == null) {
            ended = reason;
        }
        return ended;
    }

    static String text(Object value) {
        return value instanceof ByteBuffer bytes
                ? StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()
                : String.valueOf(value);
    }

    /** Returns the value of a key in a map, {@link RespReader#NIL} if it is not there. */
    static Object valueOf(Object flatMap, String key) {
        List<?> parts = (List<?>) flatMap;
        for (int at = 0; at + 1 < parts.size(); at += 2) {
            if (text(parts.get(at)).equals(key)) {
                return parts.get(at + 1);
            }
        }
        return RespReader.NIL;
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
        send(value -> answer.set(copied(value)), words);
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

    /** The server has refused a command. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;
        private final transient ServerError error;

        RefusedException(ServerError error) {
            super("the server says: " + error);
            this.error = error;
        }

        ServerError error() {
            return error;
        }
    }

    /** Subscribes or unsubscribes, and waits until that is in effect. */
    void subscribe(Deadline deadline, String command, byte[] channel) throws IOException {
        int before = confirmed.get();
        writing.lock();
        try {
            requireAlive();
            // What confirms it comes as a message does; only a refusal would come as an answer.
            writer.command(command, channel);
            writePending();
        } finally {
            writing.unlock();
        }
        await(() -> confirmed.get() > before, deadline, command);
    }

    /** Waits until something is true that is made true by what comes. */
    void await(Waiter.Look condition, Deadline deadline, Object command) throws IOException {
        Waiter waiter = new Waiter(WaitStrategy.BLOCK, new Slices(), "wait for the Redis server of", address);
        boolean came = waiter.await(
                () -> {
                    look();
                    return condition.look() || ended != null;
                },
                deadline);
        if (condition.look()) {
            return;
        }
        if (ended instanceof RefusedException refused) {
            throw refused;
        }
        if (ended != null) {
            throw new IOException(ended.getMessage(), ended);
        }
        if (!came) {
            throw new NoAnswerException("the server has not answered " + command + " in time");
        }
    }

    /** The server is silent. */
    static final class NoAnswerException extends IOException {

        private static final long serialVersionUID = 1L;

        NoAnswerException(String message) {
            super(message);
        }
    }

    private static Object copied(Object value) {
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(bytes.position(), copy);
            return ByteBuffer.wrap(copy);
        }
        return value instanceof List<?> list
                ? list.stream().map(Session::copied).toList()
                : value;
    }

    /** Sleeps as the session does, but leaves it open, and moves on what could not be written at once. */
    private final class Slices implements Sleeper {

        private final long nanos = Duration.ofMillis(5).toNanos();

        @Override
        public void sleep(long longest) {
            if (isPending()) {
                try {
                    drain();
                } catch (IOException seenByTheLook) {
                    return;
                }
                untilArrival.sleep(Math.min(longest, nanos));
            } else {
                untilArrival.sleep(longest);
            }
        }

        @Override
        public void wake() {
            untilArrival.wake();
        }

        @Override
        public void close() {
            // The session closes what it sleeps with.
        }
    }

    /** Waits for the socket to take more or, when it has everything, for an answer. */
    private final class RoomSleeper implements Sleeper {

        private final ChannelSleeper room = new ChannelSleeper(stream.writable(), SelectionKey.OP_WRITE);
        private final ChannelSleeper answer = new ChannelSleeper(stream.readable(), SelectionKey.OP_READ);

        @Override
        public void sleep(long nanos) {
            if (isPending()) {
                room.sleep(nanos);
            } else {
                // In slices: another thread may take in the answer that this one sleeps for.
                answer.sleep(Math.min(nanos, LOOK_FOR_ANSWERS_NANOS));
            }
        }

        @Override
        public void wake() {
            room.wake();
            answer.wake();
        }

        @Override
        public void close() {
            room.close();
            answer.close();
        }
    }

    /** Makes whoever waits inside give up for a reason; the session is still to be closed. */
    void abandon(String reason) {
        end(new IOException(reason));
        untilArrival.wake();
    }

    /** Ends it; no thread is inside any more. */
    @Override
    public void close() throws IOException {
        end(new IOException(CLOSED));
        untilArrival.close();
        stream.close();
    }

    @Override
    public String toString() {
        return "Session[" + address + "]";
    }
}
