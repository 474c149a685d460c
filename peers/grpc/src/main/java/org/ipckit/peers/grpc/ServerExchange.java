package org.ipckit.peers.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.ipckit.benchmarks.KeepingExchange;
import org.ipckit.transport.MessageHandler;

/** The end that is called. An answer goes to the call that the message read last came with. */
final class ServerExchange extends KeepingExchange<ServerExchange.Arrival> {

    private final OwnThread thread;
    private Arrival last;

    record Arrival(ByteBuffer message, StreamObserver<byte[]> answers, boolean only) {}

    ServerExchange(OwnThread thread) {
        this.thread = thread;
    }

    ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(ExchangeService.NAME)
                .addMethod(
                        ExchangeService.ASK,
                        ServerCalls.asyncUnaryCall(
                                (message, answers) -> keep(new Arrival(ByteBuffer.wrap(message), answers, true))))
                .addMethod(ExchangeService.STREAM, ServerCalls.asyncBidiStreamingCall(this::stream))
                .build();
    }

    private StreamObserver<byte[]> stream(StreamObserver<byte[]> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {
                keep(new Arrival(ByteBuffer.wrap(message), answers, false));
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
    protected void await(BooleanSupplier come) throws IOException {
        thread.runUntil(come, "a message");
    }

    @Override
    protected void hand(Arrival message, MessageHandler handler) {
        last = message;
        handler.onMessage(message.message());
    }

    @Override
    public void close() {
        // The server is the entrance's.
    }
}
