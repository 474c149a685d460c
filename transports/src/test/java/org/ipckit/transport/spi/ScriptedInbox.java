package org.ipckit.transport.spi;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ipckit.transport.Message;

/** An inbox that the test fills. */
@SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes each, the test reads it.
final class ScriptedInbox implements Inbox {

    final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    final ThreadSleeper sleeper = new ThreadSleeper();
    volatile Ending ending;
    volatile int looks;

    void add(String text) {
        messages.add(Message.utf8(text));
        sleeper.wake();
    }

    void end(Ending with) {
        ending = with;
        sleeper.wake();
    }

    @Override
    public int look() {
        looks++;
        return next();
    }

    @Override
    public int next() {
        boolean over = ending != null;
        Message first = messages.peek();
        return first != null ? first.size() : over ? END : NONE;
    }

    @Override
    public ByteBuffer lend(int sizeBytes) {
        return messages.element().asByteBuffer();
    }

    @Override
    public Message copy(int sizeBytes) {
        return messages.element();
    }

    @Override
    public void consume(int sizeBytes) {
        messages.remove();
    }

    @Override
    public Ending ending() {
        return ending;
    }
}
