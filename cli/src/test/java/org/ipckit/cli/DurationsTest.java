package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {

    private final Durations durations = new Durations();

    @ParameterizedTest
    @CsvSource({"5,5000", "5s,5000", "500ms,500", "2m,120000", "1h,3600000", "1.5s,1500", "0,0", "0.25,250"})
    void aNumberAndItsUnitAreADuration(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), durations.convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "5 s", "5d", "1e3", "99999999999", "5s5"})
    void anythingElseIsRefusedByNameOfWhatWouldDo(String text) {
        String reason = assertThrows(TypeConversionException.class, () -> durations.convert(text))
                .getMessage();

        assertEquals(
                "'" + text + "' is not a duration such as 500ms, 5s, 2m or 1h (a number alone is seconds)", reason);
    }

    @Test
    void wordsSayWholeSecondsAsSeconds() {
        assertEquals("5 s", Durations.words(Duration.ofSeconds(5)));
        assertEquals("1500 ms", Durations.words(Duration.ofMillis(1500)));
    }
}
