package org.ipckit.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** A file does not hold what it should; somebody else has written to it. The text says where and what. */
final class DamagedFileException extends IOException {

    DamagedFileException(String message, Exception cause) {
        super(message, cause);
    }

    /** Returns where a text stops making sense, and why. */
    static String place(JsonProcessingException refused) {
        JsonLocation at = refused.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return where + refused.getOriginalMessage();
    }
}
