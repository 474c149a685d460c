package org.ipckit.benchmarks;

/** Is told how a run gets on. Called by the thread that runs. */
interface Progress {

    /** A row is started. */
    void starting(Row row);

    /** A row could not go on. */
    void failed(Row row, String reason);

    /** A measurement begins. */
    void measuring(int round, Row row, Measurement measurement);

    /** Nothing more comes. */
    void ended();
}
