package org.ipckit.files;

/**
 * What the file of a connection holds.
 *
 * @param toListener what the side says that has connected
 * @param toClient what the side says that listened
 */
record Conversation(Lane toListener, Lane toClient) {

    /** Returns one in which nothing was said yet. */
    static Conversation begun() {
        return new Conversation(new Lane(0), new Lane(0));
    }

    /** Returns whether everything was read. */
    boolean isRead() {
        return toListener.isEmpty() && toClient.isEmpty();
    }
}
