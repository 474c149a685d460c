package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import org.ipckit.natives.CLibrary;

/**
 * The system's reports of what happens to the files of some folders. The JDK's own way to them wakes a thread that wakes a
 * thread, which takes as long as all the rest.
 *
 * <p>One thread reads; any may begin and end to watch.
 */
final class Inotify implements Closeable {

    /** Of no folder in particular: reports were lost. */
    static final int ALL = -1;

    private static final int CLOSE_ON_EXEC = 0x80000;

    private static final int MODIFIED = 0x2;
    private static final int CLOSED_AFTER_WRITING = 0x8;
    private static final int MOVED_HERE = 0x80;
    private static final int MADE = 0x100;
    private static final int REMOVED = 0x200;
    private static final int ONLY_A_FOLDER = 0x1000000;
    private static final int WATCHED = MODIFIED | CLOSED_AFTER_WRITING | MOVED_HERE | MADE | REMOVED | ONLY_A_FOLDER;

    private static final int OVERFLOW = 0x4000;
    private static final int ENDED = 0x8000;

    private static final int MASK_AT = 4;
    private static final int LENGTH_AT = 12;
    private static final int NAME_AT = 16;

    /** In which names are written to and read from the system. */
    private static final Charset OF_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final int EINTR = Errno.EINTR.intValue();

    private final int descriptor;
    private final ByteBuffer reports = ByteBuffer.allocateDirect(8192).order(ByteOrder.nativeOrder());

    /** Takes what is reported. */
    interface Reader {

        /**
         * Something has happened to a file.
         *
         * @param folder the number of the watch, or {@link #ALL}
         * @param name of the file; empty if that is not known
         */
        void changed(int folder, String name);

        /** The folder is not watched any more, because it is gone or nobody wants to. */
        void ended(int folder);
    }

    private Inotify(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Begins with no folders. */
    static Inotify open() throws IOException {
        int descriptor = LibC.LIBRARY.calls().inotify_init1(CLOSE_ON_EXEC);
        if (descriptor < 0) {
            throw LibC.LIBRARY.failure("inotify_init1", "a reader of changes");
        }
        return new Inotify(descriptor);
    }

    /** Watches a folder; returns its number, which is the same for the same folder. */
    int watch(Path folder) throws IOException {
        int number = LibC.LIBRARY.calls().inotify_add_watch(descriptor, folder.toString(), WATCHED);
        if (number < 0) {
            throw LibC.LIBRARY.failure("inotify_add_watch", folder);
        }
        return number;
    }

    /** Ends to watch a folder, which is reported. One that is gone is not watched any more anyway. */
    void unwatch(int folder) {
        LibC.LIBRARY.calls().inotify_rm_watch(descriptor, folder);
    }

    /** Waits for reports and tells the reader what they say. */
    void read(Reader reader) throws IOException {
        long size = LibC.LIBRARY.calls().read(descriptor, CLibrary.addressOf(reports), reports.capacity());
        if (size < 0 && LibC.LIBRARY.errno() != EINTR) {
            throw LibC.LIBRARY.failure("read", "reports of changes");
        }
        int at = 0;
        while (at < size) {
            int folder = reports.getInt(at);
            int what = reports.getInt(at + MASK_AT);
            int length = reports.getInt(at + LENGTH_AT);
            if ((what & ENDED) != 0) {
                reader.ended(folder);
            } else {
                reader.changed((what & OVERFLOW) != 0 ? ALL : folder, name(at + NAME_AT, length));
            }
            at += NAME_AT + length;
        }
    }

    /** The name is filled up with zeros. */
    private String name(int from, int length) {
        int size = 0;
        while (size < length && reports.get(from + size) != 0) {
            size++;
        }
        byte[] name = new byte[size];
        reports.get(from, name);
        return new String(name, OF_NAMES);
    }

    @Override
    public void close() throws IOException {
        if (LibC.LIBRARY.calls().close(descriptor) != 0) {
            throw LibC.LIBRARY.failure("close", "a reader of changes");
        }
    }
}
