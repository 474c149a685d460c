package org.ipckit.peers.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.transport.MessageHandler;

/**
 * The end that calls. A message that is answered before the next is a call of its own, one of many goes into a stream; and
 * so does the one that ends the many, for a call might overtake it.
 */
final class ClientExchange implements Exchange {

    private final ManagedChannel channel;
    private final OwnThread thread = new OwnThread();
    private final CallOptions options = CallOptions.DEFAULT.withExecutor(thread);
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private ClientCallStreamObserver<byte[]> stream;
    private boolean streaming;
    private Throwable failure;

    ClientExchange(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        if (stream == null) {
            ClientCalls.asyncBidiStreamingCall(channel.newCall(ExchangeService.STREAM, options), new Answers(true));
        }
        streaming = true;
        thread.runUntil(() -> stream.isReady() || failure != null, "room for a message");
        check();
        stream.onNext(bytes(message));
    }

    @Override
    public void sendNow(ByteBuffer message) throws IOException {
        if (streaming) {
            send(message);
        } else {
            ClientCalls.asyncUnaryCall(
                    channel.newCall(ExchangeService.ASK, options), bytes(message), new Answers(false));
        }
    }

    @Override
    public void receive(MessageHandler handler) throws IOException {
        thread.runUntil(() -> !answers.isEmpty() || failure != null, "an answer");
        check();
        handler.onMessage(ByteBuffer.wrap(answers.remove()));
        streaming = false;
    }

    @Override
    public void drain(MessageHandler handler) throws IOException {
        receive(handler);
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException("call: " + failure.getMessage(), failure);
        }
    }

    static byte[] bytes(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return bytes;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private final class Answers implements ClientResponseObserver<byte[], byte[]> {

        private final boolean ofStream;

        Answers(boolean ofStream) {
            this.ofStream = ofStream;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<byte[]> started) {
            if (ofStream) {
                stream = started;
                started.setOnReadyHandler(() -> {
                    // A task for the thread that waits, which then looks again.
                });
            }
        }

        @Override
        public void onNext(byte[] answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable refused) {
            failure = refused;
        }

        @Override
        public void onCompleted() {
            // the answer has come before
        }
    }
}
