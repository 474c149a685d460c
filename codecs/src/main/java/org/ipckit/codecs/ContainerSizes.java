package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.Arrays;

/** How many members each object and list has, in the order in which they begin: for encodings that say it first. */
final class ContainerSizes {

    private int[] sizes = new int[8];
    private int begun;
    private int next;

    private ContainerSizes() {}

    /** Counts; the output knows how deep they may be. */
    static ContainerSizes of(TokenBuffer tokens, LimitedOutput output) throws IOException {
        ContainerSizes result = new ContainerSizes();
        int[] open = new int[8]; // which one; of an object, its complement
        int depth = 0;
        try (JsonParser parser = tokens.asParser()) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructEnd()) {
                    depth--;
                    continue;
                }
                // A field counts when its name comes, an element when it comes itself.
                if (depth > 0 && (token == JsonToken.FIELD_NAME || open[depth - 1] >= 0)) {
                    int which = open[depth - 1];
                    result.sizes[which >= 0 ? which : ~which]++;
                }
                if (token.isStructStart()) {
                    output.checkDepth(depth + 1);
                    open = depth == open.length ? Arrays.copyOf(open, 2 * depth) : open;
                    int which = result.begin();
                    open[depth++] = token == JsonToken.START_ARRAY ? which : ~which;
                }
            }
        }
        return result;
    }

    private int begin() {
        if (begun == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * begun);
        }
        return begun++;
    }

    /** Returns the size of the one that begins now. */
    int next() {
        return sizes[next++];
    }
}
