package org.ipckit.demos.signals;

/**
 * Which signal means what.
 *
 * @param up the service is up
 * @param down the service is down
 */
record Words(String up, String down) {

    /** The article takes USR1 and USR2. In a JVM USR2 is taken: a JVM of JDK 17 that does not handle it crashes. */
    static Words of(String[] args) {
        boolean asPublished = args.length > 0 && args[0].equals("--as-published");
        return new Words("USR1", asPublished ? "USR2" : "WINCH");
    }
}
