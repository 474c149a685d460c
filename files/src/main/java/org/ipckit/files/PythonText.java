package org.ipckit.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Text as Python writes it: {@code json.dumps} to the byte, and {@code repr} for the log. */
final class PythonText {

    /** Numbers stay what they are: Python's integers have no limit, and 5.0 is not 5. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** A space after each colon and comma, and none anywhere else. */
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEntrySpacing(Separators.Spacing.AFTER)
                    .withArrayValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withArrayIndenter(new DefaultPrettyPrinter.NopIndenter())
            .withObjectIndenter(new DefaultPrettyPrinter.NopIndenter()));

    private PythonText() {}

    /** Returns the tree that a text describes. */
    static JsonNode read(byte[] json) throws java.io.IOException {
        return MAPPER.readTree(json);
    }

    /** Returns the text of a tree. */
    static byte[] write(JsonNode tree) throws JsonProcessingException {
        return WRITER.writeValueAsBytes(tree);
    }

    /** Returns the tree of a value: null, Boolean, Number, String, List or Map of such. */
    static JsonNode toTree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Returns the value of a tree: null, Boolean, Integer, Long, BigInteger, BigDecimal, String, List or Map of such. */
    static Object toValue(JsonNode tree) {
        return MAPPER.convertValue(tree, Object.class);
    }

    /** Returns the value as Python's {@code repr} shows it. */
    static String repr(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof String text ? quoted(text) : value.toString();
    }

    private static String quoted(String text) {
        String quote = text.contains("'") && !text.contains("\"") ? "\"" : "'";
        StringBuilder quoted = new StringBuilder(quote);
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (letter == quote.charAt(0)) {
                        quoted.append('\\').append(quote);
                    } else if (Character.isISOControl(letter)) {
                        quoted.append(String.format("\\x%02x", letter));
                    } else {
                        quoted.appendCodePoint(letter);
                    }
                }
            }
        });
        return quoted.append(quote).toString();
    }
}
