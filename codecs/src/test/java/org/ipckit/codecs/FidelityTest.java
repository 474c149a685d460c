package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FidelityTest {

    @Test
    void theReadmesTablesAreTheGeneratedOnes() throws IOException {
        List<String> readme = Files.readAllLines(Path.of("README.md"));
        int begin = readme.indexOf("<!-- fidelity -->");
        int end = readme.indexOf("<!-- /fidelity -->");
        assertTrue(begin >= 0 && begin < end, "README.md has no <!-- fidelity --> ... <!-- /fidelity -->");

        assertEquals(
                FidelityMatrix.markdown(),
                readme.subList(begin + 1, end),
                "put what './ipckit codec --matrix' prints between the markers in codecs/README.md");
    }

    @Test
    void aChangeSaysWhereAndWhat() {
        Map<String, Object> value = Map.of("list", List.of(1, 7L, "same"));

        assertEquals(List.of("/list/1: Long 7 becomes Integer 7"), Fidelity.changes(Encoding.CBOR, value));
        assertEquals(List.of(), Fidelity.changes(Encoding.BSON, value));
    }

    @Test
    void aValueAloneIsAtTheRoot() {
        assertEquals(
                List.of("/: BigDecimal 1.10 becomes String 1.10"),
                Fidelity.changes(Encoding.MESSAGE_PACK, new BigDecimal("1.10")));
    }
}
