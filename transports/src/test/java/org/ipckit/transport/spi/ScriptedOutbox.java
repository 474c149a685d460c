package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ipckit.transport.Message;

/**
 * An outbox whose room the test rules: so many messages are begun, and what was begun stays unfinished until the test
 * lets it go.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes each, the test reads it.
final class ScriptedOutbox implements Outbox {

    final List<Message> taken = Collections.synchronizedList(new ArrayList<>());
    final ThreadSleeper sleeper = new ThreadSleeper();
    volatile int room = Integer.MAX_VALUE;
    volatile boolean holdsBack;
    volatile IOException gone;
    volatile RuntimeException broken;
    volatile int drains;
    volatile int kept;
    volatile int aborted;

    private volatile boolean rest;
    private ByteBuffer body;
    private ByteBuffer claim;

    /** Lets go what it holds back, and gives room. */
    void letGo() {
        holdsBack = false;
        room = Integer.MAX_VALUE;
        sleeper.wake();
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        fail();
        if (rest && !drain()) {
            return false;
        }
        if (room == 0) {
            return false;
        }
        room--;
        taken.add(Message.copyOf(message));
        rest = true;
        body = message;
        drain();
        return true;
    }

    @Override
    public void keep() {
        if (body != null && rest) {
            kept++;
        }
        body = null;
    }

    @Override
    public boolean drain() throws IOException {
        fail();
        drains++;
        if (holdsBack) {
            return !rest;
        }
        rest = false;
        body = null;
        return true;
    }

    @Override
    public boolean unfinished() {
        return rest;
    }

    @Override
    public ByteBuffer claim(int sizeBytes) throws IOException {
        fail();
        if (room == 0) {
            return null;
        }
        claim = ByteBuffer.allocate(sizeBytes);
        return claim;
    }

    @Override
    public void commit(int sizeBytes) throws IOException {
        begin(claim.clear().limit(sizeBytes));
    }

    @Override
    public void abort() {
        aborted++;
    }

    private void fail() throws IOException {
        if (gone != null) {
            throw gone;
        }
        if (broken != null) {
            throw broken;
        }
    }
}
