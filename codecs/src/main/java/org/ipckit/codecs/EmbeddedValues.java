package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.List;

/** Hands values of these types to the writer as they are: the encoding has a type of its own for them. */
final class EmbeddedValues extends SimpleModule {

    private static final long serialVersionUID = 1;

    EmbeddedValues(String encoding, List<Class<?>> types) {
        super("types of " + encoding);
        types.forEach(this::embed);
    }

    private <T> void embed(Class<T> type) {
        addSerializer(type, new AsItIs<>());
    }

    private static final class AsItIs<T> extends JsonSerializer<T> {

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeEmbeddedObject(value);
        }
    }
}
