package org.ipckit.peers.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.transport.MessageHandler;

/** The end that is called. An answer goes to the call that the message read last came with. */
final class ServerExchange implements Exchange {

    private final OwnThread thread;
    private final Queue<Arrival> arrived = new ArrayDeque<>();
    private Arrival last;

    private record Arrival(ByteBuffer message, StreamObserver<byte[]> answers, boolean only) {}

    ServerExchange(OwnThread thread) {
        this.thread = thread;
    }

    ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(ExchangeService.NAME)
                .addMethod(
                        ExchangeService.ASK,
                        ServerCalls.asyncUnaryCall((message, answers) ->
                                arrived.add(new Arrival(ByteBuffer.wrap(message), answers, true))))
                .addMethod(ExchangeService.STREAM, ServerCalls.asyncBidiStreamingCall(this::stream))
                .build();
    }

    private StreamObserver<byte[]> stream(StreamObserver<byte[]> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {
                arrived.add(new Arrival(ByteBuffer.wrap(message), answers, false));
            }

            @Override
            public void onError(Throwable gone) {
                // Who waits for its messages waits in vain, and says so.
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }

    @Override
    public void send(ByteBuffer message) {
        last.answers().onNext(ClientExchange.bytes(message));
        if (last.only()) {
            last.answers().onCompleted();
        }
    }

    @Override
    public void receive(MessageHandler handler) throws IOException {
        thread.runUntil(() -> !arrived.isEmpty(), "a message");
        hand(handler);
    }

    @Override
    public void drain(MessageHandler handler) throws IOException {
        receive(handler);
        while (!arrived.isEmpty()) {
            hand(handler);
        }
    }

    private void hand(MessageHandler handler) {
        last = arrived.remove();
        handler.onMessage(last.message());
    }

    @Override
    public void close() {
        // The server is the entrance's.
    }
}
