package org.ipckit.testkit;

import org.ipckit.testkit.Tally.Order;

/** A connection of the far end, as the near end commands it. */
final class FarConnection {

    private final FarEnd end;
    private final String name;

    FarConnection(FarEnd end, String name) {
        this.end = end;
        this.name = name;
    }

    FarTask send(Payload payload) {
        return start(Verb.SEND, payload);
    }

    FarTask sendByClaim(Payload payload) {
        return start(Verb.SEND_BY_CLAIM, payload);
    }

    /** Sends until there is no room; returns how many messages were accepted. */
    int burst(Payload payload) {
        return Integer.parseInt(start(Verb.BURST, payload).await());
    }

    FarTask receive(Payload payload, Order order) {
        return start(Verb.RECEIVE, payload, order);
    }

    FarTask poll(Payload payload, Order order) {
        return start(Verb.POLL, payload, order);
    }

    /** Receives until the end; answers how many messages and who ended it, such as {@code 3 PEER}. */
    FarTask drain(Payload payload, Order order) {
        return start(Verb.DRAIN, payload, order);
    }

    FarTask echo() {
        return end.start(Verb.ECHO, name);
    }

    void say(String text) {
        end.tell(Verb.SAY, name, text);
    }

    String hear() {
        return end.tell(Verb.HEAR, name);
    }

    void claim(int sizeBytes) {
        end.tell(Verb.CLAIM, name, sizeBytes);
    }

    void flush() {
        end.tell(Verb.FLUSH, name);
    }

    void close() {
        end.tell(Verb.CLOSE, name);
    }

    private FarTask start(Verb verb, Payload payload, Object... more) {
        Object[] words = new Object[1 + 4 + more.length];
        words[0] = name;
        System.arraycopy(payload.words(), 0, words, 1, 4);
        System.arraycopy(more, 0, words, 5, more.length);
        return end.start(verb, words);
    }
}
