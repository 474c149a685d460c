package org.ipckit.peers.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * An event loop that turns on the thread that has made it, and only while that thread waits: no message goes from one
 * thread to another within an end, which would cost more than all the rest.
 */
final class OwnLoop {

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Thread owner = Thread.currentThread();
    private final ManualIoEventLoop loop = new ManualIoEventLoop(owner, EpollIoHandler.newFactory());

    EventLoopGroup group() {
        return loop;
    }

    /** Turns until something is so. */
    void turnUntil(BooleanSupplier done, String wait) throws IOException {
        if (done.getAsBoolean()) {
            return;
        }
        long end = System.nanoTime() + SILENCE.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IOException(wait + ": nothing for " + SILENCE.toSeconds() + " s");
            }
            loop.run(left);
            if (done.getAsBoolean()) {
                return;
            }
        }
    }

    Channel await(ChannelFuture future, String operation) throws IOException {
        turnUntil(future::isDone, operation);
        if (!future.isSuccess()) {
            throw new IOException(operation + ": " + future.cause().getMessage(), future.cause());
        }
        return future.channel();
    }

    /** Closes a channel if this is the owner's thread; another's may not turn the loop, and then the process's end does it. */
    void close(Channel channel) throws IOException {
        if (Thread.currentThread() == owner) {
            await(channel.close(), "close");
        }
    }
}
