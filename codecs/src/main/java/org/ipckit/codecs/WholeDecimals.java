package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.math.BigInteger;

/** Reads a large whole number that was written as a decimal, which is all that BSON has for it; never cuts a fraction off. */
final class WholeDecimals extends StdScalarDeserializer<BigInteger> {

    private static final long serialVersionUID = 1;

    WholeDecimals() {
        super(BigInteger.class);
    }

    @Override
    public BigInteger deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            try {
                return parser.getDecimalValue().toBigIntegerExact();
            } catch (ArithmeticException fraction) {
                context.reportInputMismatch(this, "%s is not a whole number", parser.getText());
            }
        }
        return NumberDeserializers.BigIntegerDeserializer.instance.deserialize(parser, context);
    }
}
