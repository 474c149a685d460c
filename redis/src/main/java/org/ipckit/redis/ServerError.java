package org.ipckit.redis;

/** The server's refusal of one command: a word for programs and a text for people, such as {@code NOAUTH ...}. */
record ServerError(String text) {

    boolean is(String word) {
        return text.startsWith(word + " ") || text.equals(word);
    }

    @Override
    public String toString() {
        return text;
    }
}
