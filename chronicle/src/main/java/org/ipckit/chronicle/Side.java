package org.ipckit.chronicle;

/** Which side of a connection this is. */
enum Side {
    LISTENER("listener"),
    CLIENT("client");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    Side other() {
        return this == LISTENER ? CLIENT : LISTENER;
    }

    /** Returns the name of the folder with what is said to this side. */
    String lane() {
        return "to-" + word;
    }

    @Override
    public String toString() {
        return word;
    }
}
