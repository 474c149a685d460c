package org.ipckit.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The JVMs of a row and the folder in which they leave what they make. One thread starts; any thread ends, also twice. */
final class Jvms implements AutoCloseable {

    private final Contender contender;
    private final int sizeBytes;
    private final Deque<JvmProcess> started = new ArrayDeque<>();
    private Path folder;
    private boolean closed;

    Jvms(Contender contender, int sizeBytes) {
        this.contender = contender;
        this.sizeBytes = sizeBytes;
    }

    /** Starts one for an end, or for both. */
    synchronized JvmProcess start(End... ends) throws RowFailedException {
        if (closed) {
            throw new RowFailedException("it was ended while it was started");
        }
        if (folder == null) {
            folder = RowFolder.createForRow();
        }
        JvmProcess process = JvmProcess.start(contender, sizeBytes, folder, ends);
        started.push(process);
        return process;
    }

    /** Starts one for an end, which is ready to be told what to do. */
    RemoteEnd startEnd(End end) throws RowFailedException {
        JvmProcess process = start(end);
        RemoteEnd remote = new RemoteEnd(end, process);
        process.listen();
        return remote;
    }

    /** Lets all end in good order, without waiting for them. */
    synchronized void dismiss() {
        started.forEach(JvmProcess::dismiss);
    }

    /** Ends all, and removes the folder when none is left to make anything in it. */
    @Override
    public synchronized void close() {
        closed = true;
        dismiss();
        while (!started.isEmpty()) {
            started.pop().close();
        }
        if (folder != null) {
            RowFolder.delete(folder);
            folder = null;
        }
    }
}
