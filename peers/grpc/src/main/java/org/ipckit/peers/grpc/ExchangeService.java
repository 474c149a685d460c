package org.ipckit.peers.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The two calls of the service. What travels are bytes as they are: no encoding of values is measured. */
final class ExchangeService {

    static final String NAME = "ipckit.Exchange";

    /** A question and its answer. */
    static final MethodDescriptor<byte[], byte[]> ASK = method("Ask", MethodType.UNARY);

    /** A stream of messages, some of which are answered. */
    static final MethodDescriptor<byte[], byte[]> STREAM = method("Stream", MethodType.BIDI_STREAMING);

    private ExchangeService() {}

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
                .setType(type)
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        }
    }
}
