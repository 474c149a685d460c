package org.ipckit.redis;

import java.util.Set;

/** The server's refusal of one command: a word for programs and a text for people, such as {@code NOAUTH ...}. */
record ServerError(String text) {

    private static final Set<String> FOR_NOW = Set.of("LOADING", "MASTERDOWN", "BUSY");
    private static final Set<String> ELSEWHERE =
            Set.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "READONLY", "UNBLOCKED");

    boolean is(String word) {
        return word().equals(word);
    }

    private String word() {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Returns true if this server would do it a little later. */
    boolean isForNow() {
        return FOR_NOW.contains(word());
    }

    /** Returns true if, where several servers are one, another one has to be asked, now or a little later. */
    boolean isElsewhere() {
        return ELSEWHERE.contains(word());
    }

    @Override
    public String toString() {
        return is("MOVED") ? text + " (cluster=true in the address finds it)" : text;
    }
}
