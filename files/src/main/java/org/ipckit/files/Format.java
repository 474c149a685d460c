package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import java.util.Optional;
import org.ipckit.transport.Message;

/**
 * How a conversation is written. Both are the same tree; JSON is for people, CBOR for programs and half the size where
 * messages are not text:
 *
 * <pre>{@code
 * {
 *   "format" : "ipckit-jsonfile/1",
 *   "toListener" : {
 *     "read" : 3,
 *     "messages" : [
 *       { "number" : 4, "text" : "hello" },
 *       { "number" : 5, "base64" : "AAEC" }
 *     ],
 *     "closed" : false
 *   },
 *   "toClient" : { ... }
 * }
 * }</pre>
 */
enum Format {
    JSON("base64"),
    CBOR("bytes");

    private static final String FORMAT = "ipckit-jsonfile/1";

    private final String bytesField;

    Format(String bytesField) {
        this.bytesField = bytesField;
    }

    private static final class Factories {

        /** Jackson's own limits are meant for what comes from strangers; a message is one string here. */
        private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .build();

        private static final JsonFactory JSON =
                JsonFactory.builder().streamReadConstraints(LIMITS).build();
        private static final JsonFactory CBOR =
                CBORFactory.builder().streamReadConstraints(LIMITS).build();
    }

    private JsonFactory factory() {
        return this == JSON ? Factories.JSON : Factories.CBOR;
    }

    /** Returns how the name of such a file ends. */
    String extension() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    // ---------------------------------------------------------------- writing

    private static final int LANE_DEPTH = 2;
    private static final int MESSAGE_DEPTH = 3;

    /** A line for each thing down to this depth; a message is on one. */
    private record Lines(int deepest) implements DefaultPrettyPrinter.Indenter {

        @Override
        public void writeIndentation(JsonGenerator out, int depth) throws IOException {
            out.writeRaw(depth <= deepest ? "\n" + "  ".repeat(depth) : " ");
        }

        @Override
        public boolean isInline() {
            return false;
        }
    }

    /** Returns the content of the file. */
    byte[] write(Conversation conversation) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = factory().createGenerator(bytes)) {
            if (this == JSON) {
                out.setPrettyPrinter(new DefaultPrettyPrinter()
                        .withObjectIndenter(new Lines(LANE_DEPTH))
                        .withArrayIndenter(new Lines(MESSAGE_DEPTH)));
            }
            out.writeStartObject();
            out.writeStringField("format", FORMAT);
            write(out, "toListener", conversation.toListener());
            write(out, "toClient", conversation.toClient());
            out.writeEndObject();
            if (this == JSON) {
                out.writeRaw('\n');
            }
        }
        return bytes.toByteArray();
    }

    private void write(JsonGenerator out, String name, Lane lane) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("read", lane.read());
        out.writeArrayFieldStart("messages");
        long number = lane.read();
        for (Message message : lane.unread()) {
            out.writeStartObject();
            out.writeNumberField("number", ++number);
            Optional<String> text = text(message);
            if (text.isPresent()) {
                out.writeStringField("text", text.get());
            } else {
                out.writeBinaryField(bytesField, message.toByteArray());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeBooleanField("closed", lane.isClosed());
        out.writeEndObject();
    }

    /** Returns the message as the text it is; empty if it is not one that a person could read. */
    private static Optional<String> text(Message message) {
        try {
            String text = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(message.asByteBuffer())
                    .toString();
            return text.codePoints().allMatch(Format::isReadable) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException bytes) {
            return Optional.empty();
        }
    }

    private static boolean isReadable(int letter) {
        return !Character.isISOControl(letter) || letter == '\n' || letter == '\r' || letter == '\t';
    }

    // ---------------------------------------------------------------- reading

    /**
     * Reads the content of a file.
     *
     * @throws DamagedFileException if it is not a conversation
     */
    Conversation read(byte[] content) throws IOException {
        try (JsonParser in = factory().createParser(content)) {
            Lane toListener = null;
            Lane toClient = null;
            boolean known = false;
            expect(in, in.nextToken(), JsonToken.START_OBJECT);
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String field = field(in);
                switch (field) {
                    case "format" -> known = FORMAT.equals(in.getText());
                    case "toListener" -> toListener = lane(in);
                    case "toClient" -> toClient = lane(in);
                    default -> throw damaged(in, "'" + field + "' does not belong here");
                }
            }
            if (!known || toListener == null || toClient == null) {
                throw damaged(
                        in, "not all of \"format\": \"" + FORMAT + "\", \"toListener\" and \"toClient\" are there");
            }
            if (in.nextToken() != null) {
                throw damaged(in, "there is something after the end");
            }
            return new Conversation(toListener, toClient);
        } catch (JsonProcessingException refused) {
            throw new DamagedFileException(DamagedFileException.place(refused), refused);
        }
    }

    private Lane lane(JsonParser in) throws IOException {
        expect(in, in.currentToken(), JsonToken.START_OBJECT);
        Lane lane = null;
        boolean messages = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = field(in);
            if (lane == null && !field.equals("read")) {
                throw damaged(in, "\"read\" is not first");
            }
            switch (field) {
                case "read" -> lane = new Lane(number(in));
                case "messages" -> {
                    messages(in, lane);
                    messages = true;
                }
                case "closed" -> lane.setClosed(in.getBooleanValue());
                default -> throw damaged(in, "'" + field + "' does not belong here");
            }
        }
        if (!messages) {
            throw damaged(in, "\"read\" and \"messages\" are missing");
        }
        return lane;
    }

    private void messages(JsonParser in, Lane lane) throws IOException {
        expect(in, in.currentToken(), JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            expect(in, in.currentToken(), JsonToken.START_OBJECT);
            long number = 0;
            Message message = null;
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String field = field(in);
                if (field.equals("number")) {
                    number = number(in);
                } else if (message == null && field.equals("text")) {
                    expect(in, in.currentToken(), JsonToken.VALUE_STRING);
                    message = Message.utf8(in.getText());
                } else if (message == null && field.equals(bytesField)) {
                    message = Message.copyOf(ByteBuffer.wrap(in.getBinaryValue()));
                } else {
                    throw damaged(in, "'" + field + "' does not belong here");
                }
            }
            if (message == null || number != lane.sent() + 1) {
                throw damaged(in, "message " + (lane.sent() + 1) + " is not here, or has no text");
            }
            lane.add(message);
        }
    }

    private static String field(JsonParser in) throws IOException {
        expect(in, in.currentToken(), JsonToken.FIELD_NAME);
        String name = in.currentName();
        in.nextToken();
        return name;
    }

    private static long number(JsonParser in) throws IOException {
        expect(in, in.currentToken(), JsonToken.VALUE_NUMBER_INT);
        long number = in.getLongValue();
        if (number < 0) {
            throw damaged(in, "a number is negative");
        }
        return number;
    }

    private static void expect(JsonParser in, JsonToken found, JsonToken expected) throws DamagedFileException {
        if (found != expected) {
            throw damaged(in, "expected " + expected + ", found " + (found == null ? "the end" : found));
        }
    }

    private static DamagedFileException damaged(JsonParser in, String what) {
        var at = in.currentLocation();
        return new DamagedFileException("line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + what, null);
    }
}
