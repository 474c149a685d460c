/** JeroMQ, as rows of the benchmark. */
package org.ipckit.peers.jeromq;
