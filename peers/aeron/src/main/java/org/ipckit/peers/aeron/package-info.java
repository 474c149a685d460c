/** Aeron IPC and the rings of Agrona, as rows of the benchmark. */
package org.ipckit.peers.aeron;
