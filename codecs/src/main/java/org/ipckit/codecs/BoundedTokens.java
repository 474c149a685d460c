package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/** Passes tokens on until too many objects and lists are open: a value may contain itself. */
final class BoundedTokens extends JsonGeneratorDelegate {

    private final LimitedOutput output;
    private int depth;

    BoundedTokens(JsonGenerator tokens, LimitedOutput output) {
        super(tokens, false);
        this.output = output;
    }

    @Override
    public void writeStartArray() throws IOException {
        enter();
        super.writeStartArray();
    }

    @Override
    public void writeStartArray(Object value) throws IOException {
        enter();
        super.writeStartArray(value);
    }

    @Override
    public void writeStartArray(Object value, int size) throws IOException {
        enter();
        super.writeStartArray(value, size);
    }

    @Override
    public void writeStartObject() throws IOException {
        enter();
        super.writeStartObject();
    }

    @Override
    public void writeStartObject(Object value) throws IOException {
        enter();
        super.writeStartObject(value);
    }

    @Override
    public void writeStartObject(Object value, int size) throws IOException {
        enter();
        super.writeStartObject(value, size);
    }

    @Override
    public void writeEndArray() throws IOException {
        depth--;
        super.writeEndArray();
    }

    @Override
    public void writeEndObject() throws IOException {
        depth--;
        super.writeEndObject();
    }

    private void enter() {
        output.checkDepth(++depth);
    }
}
