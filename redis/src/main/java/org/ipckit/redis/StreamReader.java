package org.ipckit.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.ipckit.redis.StreamEntries.StreamEntry;
import org.ipckit.transport.spi.Deadline;

/** How one subscription reads a stream: for itself, or as a member of a group. */
sealed interface StreamReader permits LoneReader, GroupMember {

    /** So many messages are asked for at once. */
    int AT_ONCE = 64;

    /** Returns the one that an address asks for. */
    static StreamReader of(RedisAddress address) {
        String group = address.options().text("consumer", "");
        return group.isEmpty() ? new LoneReader(address) : new GroupMember(address, group);
    }

    /** Returns the channel that everybody is subscribed to who reads a stream. */
    static byte[] readers(String stream) {
        return ("ipckit:{" + stream + "}:readers").getBytes(StandardCharsets.UTF_8);
    }

    /** Says that it is there, in the name of a session, for as long as that lives. */
    void appear(Session side, Deadline deadline) throws IOException;

    /** Decides where to begin. */
    void begin(Session side, Deadline deadline, Consumer<StreamEntry> taker) throws IOException;

    /** Returns the command that waits at the server for the next messages. */
    Object[] next();

    /** Takes note of one that has come; returns false if it had come before. */
    boolean isNew(StreamEntry entry);

    /** Goes on after its server, or its sessions, were lost. */
    void resume(Session reading, Deadline deadline, Consumer<StreamEntry> taker) throws IOException;

    /** Does what is to be done now and then. */
    void keep(Session side, Deadline deadline, Consumer<StreamEntry> taker) throws IOException;

    /** Returns the command that says that messages are done with, empty if nobody wants to know. */
    List<Object> acknowledging(List<String> ids);

    /** The server has heard that they are done with. */
    void acknowledged(List<String> ids);
}
