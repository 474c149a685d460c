package org.ipckit.testkit;

/** Where the far end of a test may be. */
enum Where {
    /** In each placement there is. */
    EVERYWHERE,
    /** In this JVM. */
    THIS_JVM,
    /** In each placement that is another JVM. */
    OTHER_JVM
}
