package org.ipckit.redis;

import java.nio.channels.SelectionKey;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.ChannelSleeper;
import org.ipckit.transport.spi.Sleeper;

/** Waits for a session's socket to take more or, when it has everything, for an answer. */
final class RoomSleeper implements Sleeper {

    private final Commands commands;
    private final ChannelSleeper room;
    private final ChannelSleeper answer;

    RoomSleeper(Commands commands, ByteStream stream) {
        this.commands = commands;
        this.room = new ChannelSleeper(stream.writable(), SelectionKey.OP_WRITE);
        this.answer = new ChannelSleeper(stream.readable(), SelectionKey.OP_READ);
    }

    @Override
    public void sleep(long nanos) {
        if (commands.isPending()) {
            room.sleep(nanos);
        } else {
            // In slices: another thread may take in the answer that this one sleeps for.
            answer.sleep(Math.min(nanos, Session.LOOK_FOR_ANSWERS_NANOS));
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
