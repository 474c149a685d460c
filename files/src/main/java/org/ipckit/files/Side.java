package org.ipckit.files;

/** Which side of a connection this is. */
enum Side {
    LISTENER,
    CLIENT;

    /** Returns what this side says. */
    Lane out(Conversation conversation) {
        return this == LISTENER ? conversation.toClient() : conversation.toListener();
    }

    /** Returns what is said to this side. */
    Lane in(Conversation conversation) {
        return this == LISTENER ? conversation.toListener() : conversation.toClient();
    }
}
