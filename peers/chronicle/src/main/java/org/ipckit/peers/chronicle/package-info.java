/** Chronicle Queue, as a row of the benchmark. */
package org.ipckit.peers.chronicle;
