package org.ipckit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** The transports as JSON. A class of its own because loading Jackson takes as long as all the rest. */
final class TransportsJson {

    private TransportsJson() {}

    static List<String> lines(List<TransportInfo> transports) throws JsonProcessingException {
        return new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(transports)
                .lines()
                .toList();
    }
}
