package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import org.ipckit.transport.CodecException;

/** Words for what a codec does not take: the encoding, the size, the reason, the place. */
final class Refusals {

    private static final int LONGEST_REASON = 300;

    private Refusals() {}

    /** Refuses more bytes than the limits allow, before any is looked at. */
    static void checkSize(String encoding, int sizeBytes, CodecLimits limits) {
        if (sizeBytes > limits.maxBytes()) {
            throw ofBytes(encoding, sizeBytes, "this codec reads at most " + limits.maxBytes());
        }
    }

    /** These bytes are no value. */
    static CodecException ofBytes(String encoding, int sizeBytes, Exception cause) {
        return new CodecException("decode " + sizeBytes + " bytes of " + encoding + ": " + reason(cause), cause);
    }

    /** These bytes are no value. */
    static CodecException ofBytes(String encoding, int sizeBytes, String reason) {
        return new CodecException("decode " + sizeBytes + " bytes of " + encoding + ": " + reason);
    }

    /** This value has no encoding. */
    static CodecException ofValue(String encoding, Object value, Exception cause) {
        return new CodecException(
                "encode a " + value.getClass().getName() + " as " + encoding + ": " + reason(cause), cause);
    }

    private static String reason(Exception cause) {
        String words = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        return shortened(words == null ? cause.getClass().getName() : words) + place(cause);
    }

    /** Who sent the bytes may have chosen some of the words, so they are neither long nor more than a line. */
    private static String shortened(String words) {
        String line = words.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + " ...";
    }

    private static String place(Exception cause) {
        StringBuilder place = new StringBuilder();
        if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            place.append(", at ").append(shortened(path(mapping)));
        }
        if (cause instanceof JsonProcessingException json) {
            JsonLocation location = json.getLocation();
            if (location != null && location.getByteOffset() >= 0) {
                place.append(", byte ").append(location.getByteOffset());
            }
        }
        return place.toString();
    }

    private static String path(JsonMappingException mapping) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() != null) {
                path.append('/').append(step.getFieldName());
            } else if (step.getIndex() >= 0) {
                path.append('/').append(step.getIndex());
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }
}
