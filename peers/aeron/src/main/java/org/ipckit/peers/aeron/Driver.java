package org.ipckit.peers.aeron;

import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** The media driver. Between two processes of one machine it only keeps the books, so it sleeps most of the time. */
final class Driver {

    /** What it prints when it is ready. */
    static final String READY = "ready";

    private Driver() {}

    /**
     * Runs until the standard input ends: with the process that has started it, however that ends.
     *
     * @param args its folder
     */
    public static void main(String[] args) throws IOException {
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(args[0])
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new SleepingMillisIdleStrategy(1))
                .performStorageChecks(true)
                // Otherwise a message of more than 1376 bytes goes in pieces.
                .ipcMtuLength(Configuration.MAX_UDP_PAYLOAD_LENGTH);
        try (MediaDriver driver = MediaDriver.launch(context)) {
            System.out.println(READY + " in " + driver.aeronDirectoryName());
            while (System.in.read() >= 0) {
                // nothing is said; only the end counts
            }
        }
    }
}
