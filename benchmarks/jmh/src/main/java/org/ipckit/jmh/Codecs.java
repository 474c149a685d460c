package org.ipckit.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import org.ipckit.codecs.Encoding;
import org.ipckit.transport.Codec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Every codec: the same value as a record and as a tree, into bytes and out of them. */
public class Codecs extends OneCall {

    private static final int ROOM_BYTES = 4096;

    /** All there are. */
    @Param
    public Encoding encoding;

    private final Order order = new Order(4711, "flat white", List.of(3.25, 0.5), true);
    private final JsonNode tree = treeOf(order);
    private final ByteBuffer written = ByteBuffer.allocateDirect(ROOM_BYTES);
    private ByteBuffer encoded;
    private Codec<Order> ofRecord;
    private Codec<JsonNode> ofTree;

    /** What a small message of a program looks like. */
    public record Order(long number, String item, List<Double> prices, boolean paid) {}

    private static JsonNode treeOf(Order order) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("number", order.number()).put("item", order.item());
        order.prices().forEach(tree.putArray("prices")::add);
        return tree.put("paid", order.paid());
    }

    @Setup
    public void encode() {
        ofRecord = encoding.codec(Order.class);
        ofTree = encoding.codec(JsonNode.class);
        encoded = ByteBuffer.allocateDirect(ROOM_BYTES);
        encoded.limit(ofRecord.encode(order, encoded)).position(0);
    }

    @Benchmark
    public int encodeRecord() {
        return ofRecord.encode(order, written.clear());
    }

    @Benchmark
    public Order decodeRecord() {
        return ofRecord.decode(encoded.rewind());
    }

    @Benchmark
    public int encodeTree() {
        return ofTree.encode(tree, written.clear());
    }

    @Benchmark
    public JsonNode decodeTree() {
        return ofTree.decode(encoded.rewind());
    }
}
