package org.ipckit.demos;

import java.util.Locale;

/** A language that the programs of a pair are written in. */
public enum Language {
    JAVA,
    PYTHON,
    C;

    /** Returns it as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
