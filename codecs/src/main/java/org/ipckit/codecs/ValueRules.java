package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** What all codecs agree on: how records, maps and trees become values, and what is refused. */
final class ValueRules {

    /** Digits; a longer number takes time with the square of its length. */
    private static final int LONGEST_NUMBER = 1000;

    private ValueRules() {}

    /** Returns the factory with the limits in both directions. */
    static <F extends JsonFactory, B extends TSFBuilder<F, B>> F bounded(TSFBuilder<F, B> builder, CodecLimits limits) {
        return builder.streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(limits.maxBytes())
                        .maxNameLength(limits.maxBytes())
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .build())
                .build();
    }

    /** Returns the mapper of an encoding that is made of tokens elsewhere. */
    static ObjectMapper tokenMapper(CodecLimits limits, Module types) {
        return mapper(JsonMapper.builder(bounded(JsonFactory.builder(), limits)), types);
    }

    /** Returns the mapper with the rules and these modules. */
    static ObjectMapper mapper(MapperBuilder<?, ?> builder, Module... modules) {
        return builder.addModule(new JavaTimeModule())
                .addModules(modules)
                // The bytes never say which class is made: no class name is acceptable. Names that a sealed type's own
                // annotations list are not class names.
                .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder().build())
                // Of two fields with one name readers take the first or the last, and which decides who is deceived.
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // Nothing becomes another number silently.
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                // Points in time as ISO 8601 where an encoding has no type of its own for them.
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build();
    }
}
