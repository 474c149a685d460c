package org.ipckit.transport;

/** How a side waits: what it pays in CPU for how soon it notices. Each side's own address chooses its own. */
public enum WaitStrategy {
    /** Looks for 20 us (not at all on one processor; longer for a peer just woken), then sleeps in the kernel. Costs no CPU when idle. The default. */
    BLOCK,
    /** Looks, then yields, then sleeps in growing steps of up to one millisecond. */
    BACKOFF,
    /** Looks without pause. Soonest to notice, and it needs a processor of its own. */
    SPIN
}
