package org.ipckit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** A value as JSON for people and scripts. A class of its own because loading Jackson takes as long as all the rest. */
final class PrettyJson {

    private PrettyJson() {}

    static List<String> lines(Object value) throws JsonProcessingException {
        return new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(value)
                .lines()
                .toList();
    }
}
