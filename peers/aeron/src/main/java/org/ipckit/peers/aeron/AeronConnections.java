package org.ipckit.peers.aeron;

import io.aeron.Aeron;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections of one side in the order in which they are opened, which is that of the other side: the streams of the
 * n-th have the same numbers there. One client of the media driver has the first, which ends all, and one those beside it.
 */
final class AeronConnections {

    private static final int STREAMS = 2;

    private final int out;
    private final int in;
    private final List<Aeron> clients = new ArrayList<>();
    private int opened;

    /**
     * Makes those of a side.
     *
     * @param out the stream that the first of them sends to
     * @param in the stream that the first of them receives from
     */
    AeronConnections(int out, int in) {
        this.out = out;
        this.in = in;
    }

    /**
     * Opens the next one, and waits for the other side.
     *
     * @param folder of the media driver
     */
    AeronExchange next(Path folder) throws IOException {
        boolean first = clients.isEmpty();
        if (clients.size() < 2) {
            // Terms of 48 MB in all are touched before the first is measured; of one for a message or two they are not.
            clients.add(Aeron.connect(
                    new Aeron.Context().aeronDirectoryName(folder.toString()).preTouchMappedMemory(first)));
        }
        int streams = STREAMS * opened++;
        Aeron client = clients.get(clients.size() - 1);
        return AeronExchange.of(
                client,
                out + streams,
                in + streams,
                first
                        ? this::close
                        : () -> {
                            // the client is for the next one too
                        });
    }

    private void close() {
        clients.forEach(Aeron::close);
    }
}
