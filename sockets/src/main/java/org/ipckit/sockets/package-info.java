/** Transports over Unix domain sockets and TCP, with and without TLS. */
package org.ipckit.sockets;
