package org.ipckit.demos;

/** The two ends of a pair: whose program it is. */
public enum End {
    ALICE("Alice"),
    BOB("Bob");

    private final String title;

    End(String title) {
        this.title = title;
    }

    /** Returns the name as it is written. */
    public String title() {
        return title;
    }

    /** Returns the end that is not this one. */
    public End other() {
        return this == ALICE ? BOB : ALICE;
    }
}
