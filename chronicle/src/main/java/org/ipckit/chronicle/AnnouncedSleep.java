package org.ipckit.chronicle;

import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Sleeper;

/** Lets a receiver sleep after it has said so and looked once more: who sends now sees that, or else it sees the message. */
final class AnnouncedSleep implements Sleeper {

    private final Runnable announcement;
    private final Inbox inbox;
    private final Sleeper untilRung;

    /** @param announcement says that this side sleeps */
    AnnouncedSleep(Runnable announcement, Inbox inbox, Sleeper untilRung) {
        this.announcement = announcement;
        this.inbox = inbox;
        this.untilRung = untilRung;
    }

    @Override
    public void sleep(long nanos) {
        announcement.run();
        if (inbox.look() == Inbox.NONE) {
            untilRung.sleep(nanos);
        }
    }

    @Override
    public void wake() {
        untilRung.wake();
    }

    @Override
    public void close() {
        untilRung.close();
    }
}
