/** Netty over Unix domain sockets, as a row of the benchmark. */
package org.ipckit.peers.netty;
