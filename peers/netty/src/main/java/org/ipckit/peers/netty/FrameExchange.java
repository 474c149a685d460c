package org.ipckit.peers.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.ipckit.benchmarks.KeepingExchange;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.MessageHandler;

/** An end over one channel. */
final class FrameExchange extends KeepingExchange<ByteBuf> {

    private final OwnLoop loop;
    private final Channel channel;

    private FrameExchange(OwnLoop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    /** Returns what makes an end of every new channel. */
    static ChannelHandler handlers(OwnLoop loop, Queue<FrameExchange> connected) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel made) {
                FrameExchange exchange = new FrameExchange(loop, made);
                made.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(
                                Capabilities.DEFAULT_MAX_MESSAGE + Integer.BYTES, 0, Integer.BYTES, 0, Integer.BYTES))
                        .addLast(new SimpleChannelInboundHandler<ByteBuf>(false) {
                            @Override
                            protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
                                exchange.keep(frame);
                            }
                        });
                connected.add(exchange);
            }
        };
    }

    /** Length and body in one buffer: one system call, as with the encoder that Netty has for it, and one object less. */
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what fails is told to the pipeline, which logs it
    private void write(ByteBuffer message) throws IOException {
        // What cannot be written at once is kept by the channel, to a limit that it tells.
        loop.turnUntil(channel::isWritable, "room for a message");
        ByteBuf frame = channel.alloc().directBuffer(Integer.BYTES + message.remaining());
        frame.writeInt(message.remaining()).writeBytes(message.duplicate());
        channel.write(frame, channel.voidPromise());
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        write(message);
        channel.flush();
    }

    /** The loop turns only while this end waits, so what is to arrive before it waits again has to leave now. */
    @Override
    public void sendNow(ByteBuffer message) throws IOException {
        send(message);
        loop.turnUntil(this::allWritten, "room for a message");
    }

    private boolean allWritten() {
        ChannelOutboundBuffer kept = channel.unsafe().outboundBuffer();
        return kept == null || kept.isEmpty();
    }

    @Override
    protected void await(BooleanSupplier come) throws IOException {
        loop.turnUntil(come, "a message");
    }

    @Override
    protected void hand(ByteBuf frame, MessageHandler handler) {
        try {
            handler.onMessage(frame.nioBuffer());
        } finally {
            frame.release();
        }
    }

    @Override
    public void close() throws IOException {
        loop.close(channel);
    }
}
